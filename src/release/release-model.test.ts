/**
 * People who do whatever they like, in whatever order, and an own small book of what was proven where: there
 * is no way to production but the one.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  builtRelease,
  type MemoryEnvironment,
  memoryEnvironment,
  memoryStack,
  planOf,
  verification,
} from "../../test/release-world.ts";
import { LambdakitError } from "../errors/index.ts";
import { artifactKey } from "../names.ts";
import type { EnvironmentName } from "../plan/index.ts";
import {
  deployRelease,
  digestsOf,
  planRollback,
  promoteRelease,
  recordVerification,
  rollBack,
} from "./index.ts";

const releases = ["one", "two", "three"].map(builtRelease);
const idOf = (index: number) => releases[index]?.release.id ?? "";

type Consent = { confirmation: string | null; reason: string | null };
type Command =
  | { do: "deploy"; release: number; seen: "good" | "bad" | "nothing" }
  | {
      do: "promote";
      from: EnvironmentName;
      to: EnvironmentName;
      release: number | null;
      consent: Consent;
      seen: "good" | "bad" | "nothing";
      approved: "right" | "wrong" | "none";
    }
  | { do: "rollback"; in: EnvironmentName; to: number | null; consent: Consent }
  | { do: "verify"; in: EnvironmentName; seen: "good" | "bad" }
  | { do: "tamper"; in: EnvironmentName; release: number };

const environments = ["dev", "sit", "prod"] as const;
const environment = fc.constantFrom<EnvironmentName>(...environments);
const release = fc.nat({ max: releases.length - 1 });
const seen = fc.constantFrom<"good" | "bad" | "nothing">("good", "good", "good", "bad", "nothing");
// Mostly right, so that walks come far; each word is wrong often enough.
const reason = fc.constantFrom(null, " ", "...", "CHG-1", "CHG-2", "CHG-3", "CHG-4", "CHG-5");
const wordsFor = (to: EnvironmentName): fc.Arbitrary<Consent> =>
  fc.record<Consent>({
    confirmation: fc.oneof(
      { weight: 3, arbitrary: fc.constant(to === "sit" ? "deploy" : "deploy-to-production") },
      { weight: 1, arbitrary: fc.constantFrom(null, "deploy", "deploy-to-production", "yes") },
    ),
    reason,
  });
const hop = fc.constantFrom<readonly [EnvironmentName, EnvironmentName]>(
  ...Array(6).fill(["dev", "sit"]),
  ...Array(6).fill(["sit", "prod"]),
  ["dev", "prod"],
  ["prod", "sit"],
  ["prod", "prod"],
);
const rarely = fc.option(release, { freq: 3 });
const promotion = hop.chain(([from, to]) =>
  fc
    .record({
      release: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, rarely),
      consent: wordsFor(to),
      seen,
      approved: fc.constantFrom<"right" | "wrong" | "none">("right", "none", "none", "wrong"),
    })
    .map((more) => ({ do: "promote" as const, from, to, ...more })),
);
const rollback = environment.chain((name) =>
  fc
    .record({ to: rarely, consent: wordsFor(name) })
    .map((more) => ({ do: "rollback" as const, in: name, ...more })),
);
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("deploy" as const), release, seen }) },
  { weight: 12, arbitrary: promotion },
  { weight: 3, arbitrary: rollback },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("verify" as const),
      in: environment,
      seen: fc.constantFrom<"good" | "bad">("good", "good", "bad"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("tamper" as const), in: environment, release }),
  },
);

describe("the way to production", () => {
  it("is none without the evidence of SIT, the words and a reason, whatever people do", async () => {
    let arrivals = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 50 }), async (commands) => {
        const world = createWorld();
        for (const one of commands) {
          const before = liveIn(world.prod);
          const proven = new Set(world.book.sit);
          const code = await world.run(one);
          const after = liveIn(world.prod);
          if (after === before) continue;
          arrivals += 1;
          // The first one stays where it fails its checks: there is nothing to go back to.
          expect(["ok", "RELEASE_NOT_VERIFIED"]).toContain(code);
          const said = (one as { consent: Consent }).consent;
          expect(said.confirmation).toBe("deploy-to-production");
          expect(said.reason).toMatch(/^CHG-\d$/);
          const [newest] = await world.prod.history.read();
          expect(newest?.started).toMatchObject({ release: after, ...said });
          // Whoever goes back goes to what has come the one way before.
          if (one.do === "promote") expect([...proven]).toContain(after);
          else expect(world.cameToProd).toContain(after);
          world.cameToProd.add(after);
        }
      }),
      { numRuns: 150 },
    );
    // A test whose walkers never arrive would show nothing.
    expect(arrivals).toBeGreaterThan(10);
  });
});

/** The release that all functions of an environment lead to; nothing where they lead to several, or none. */
function liveIn({ traffic, environment }: MemoryEnvironment): string {
  const plan = planOf(environment);
  const found = releases.find(({ release }) =>
    Object.entries(digestsOf({ plan, release })).every(([name, sha256]) => {
      const { version, canary } = traffic.aliases.get(name) ?? { version: "0", canary: null };
      return canary === null && traffic.versions.get(name)?.[Number(version) - 1] === sha256;
    }),
  );
  return found?.release.id ?? "";
}

function createWorld() {
  const dev = memoryEnvironment("dev");
  const sit = memoryEnvironment("sit");
  const prod = memoryEnvironment("prod");
  const all = { dev, sit, prod };
  /** What has done in an environment what it promises, and was not left since. */
  const book: Record<EnvironmentName, Set<string>> = {
    dev: new Set(),
    sit: new Set(),
    prod: new Set(),
  };
  const note = (name: EnvironmentName, id: string, what: "good" | "bad" | "nothing") => {
    if (what === "good") book[name].add(id);
    if (what === "bad") book[name].delete(id);
  };
  const seeing = (what: "good" | "bad" | "nothing") =>
    what === "nothing" ? undefined : async () => verification(what === "good");
  const quiet = { interrupted: undefined, onStep: () => {}, steps: [] };

  async function act(one: Command): Promise<void> {
    switch (one.do) {
      case "deploy": {
        const { release, documents, zips } = releases[one.release] ?? builtRelease("");
        for (const [sha256, bytes] of zips) await dev.releases.putArtifact(bytes, sha256);
        const stack = memoryStack(dev, release);
        const hasChanges = (await stack.plan()).length > 0;
        const { outcome } = await deployRelease(dev, {
          ...quiet,
          release,
          documents,
          hasChanges,
          stack,
          plan: planOf("dev"),
          operations: await dev.history.read(),
          planDigest: "",
          consent: { confirmation: null, reason: null, allowDataLoss: false },
          verify: seeing(one.seen),
        });
        if (outcome === "live") note("dev", release.id, one.seen);
        return;
      }
      case "promote": {
        const { from, to } = one;
        let right: string | undefined;
        const options = {
          ...quiet,
          from: { ...all[from], environment: from },
          to: all[to],
          release: one.release === null ? undefined : idOf(one.release),
          consent: { ...one.consent, allowDataLoss: false },
          openStack: async (_: unknown, release: (typeof releases)[number]["release"]) =>
            memoryStack(all[to], release),
          verifierOf: () => seeing(one.seen),
        };
        const onPlanned = ({ planDigest }: { planDigest: string }) => {
          right = planDigest;
        };
        if (one.approved !== "none") await promoteRelease({ ...options, dryRun: true, onPlanned });
        const { release, outcome } = await promoteRelease({
          ...options,
          dryRun: false,
          onPlanned,
          approvedPlan: one.approved === "wrong" ? "000000000000" : right,
        });
        if (outcome === "live") note(to, release.id, one.seen);
        return;
      }
      case "rollback": {
        const target = all[one.in];
        const to = one.to === null ? undefined : idOf(one.to);
        const planned = await planRollback(target, to);
        if (planned.moves.length === 0) return;
        await rollBack(target, planned, { ...one.consent, allowDataLoss: false });
        if (planned.from !== null && planned.from !== planned.release) {
          book[one.in].delete(planned.from);
        }
        return;
      }
      case "verify": {
        const verify = async () => verification(one.seen === "good");
        const plan = planOf(one.in);
        const { release } = await recordVerification(all[one.in], plan, verify);
        if (release !== null) note(one.in, release, one.seen);
        return;
      }
      case "tamper": {
        const { release } = releases[one.release] ?? builtRelease("");
        const key = artifactKey(release.artifacts.list?.sha256 ?? "");
        all[one.in].store.objects.set(key, Buffer.from("something else"));
      }
    }
  }

  return {
    ...all,
    book,
    cameToProd: new Set<string>(),
    /** @returns `ok`, or the code of the error */
    async run(one: Command): Promise<string> {
      try {
        await act(one);
        return "ok";
      } catch (error) {
        if (!(error instanceof LambdakitError)) throw error;
        const bad = one as { seen?: string; in?: EnvironmentName; to?: EnvironmentName };
        if (error.code === "RELEASE_ROLLED_BACK" || error.code === "RELEASE_NOT_VERIFIED") {
          const name = one.do === "deploy" ? "dev" : bad.to;
          const [newest] = await all[name ?? "dev"].history.read();
          if (newest?.started.release) book[name ?? "dev"].delete(newest.started.release);
        }
        return error.code;
      }
    },
  };
}
