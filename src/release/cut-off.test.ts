/** What the next command finds where the one before was killed: whatever was cut off, it can be ended. */
import { describe, expect, it } from "vitest";
import {
  builtRelease,
  type MemoryEnvironment,
  manifest,
  memoryEnvironment,
  memoryStack,
  verification,
} from "../../test/release-world.ts";
import { planService } from "../plan/index.ts";
import { bringLive, History, parseCanary, planRollback, type Release, rollBack } from "./index.ts";

const plan = planService(manifest, "dev");
const names = plan.functions.map(({ name }) => name);
const built = ["one", "two", "three"].map((text) => builtRelease(text));
const [one, two, three] = built;
if (!one || !two || !three) throw new Error("three releases are needed");
const consent = { confirmation: null, reason: null, allowDataLoss: false };

class Killed extends Error {}

/** The same environment, as a process sees it that is killed after so many writes and moves. */
function killedAfter(environment: MemoryEnvironment, calls: number): MemoryEnvironment {
  let left = calls;
  const count = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    if (left <= 0) throw new Killed();
    left -= 1;
    return call();
  };
  const { store, traffic } = environment;
  const dying = {
    name: store.name,
    read: store.read.bind(store),
    keys: store.keys.bind(store),
    putOnce: (key: string, text: string) => count(() => store.putOnce(key, text)),
    uploadOnce: store.uploadOnce.bind(store),
  };
  return {
    ...environment,
    history: new History(dying, "product", "dev"),
    traffic: Object.assign(Object.create(traffic), {
      move: (name: string, state: Parameters<typeof traffic.move>[1]) =>
        count(() => traffic.move(name, state)),
    }),
    // Of a process that is not there any more.
    place: { ...environment.place, pid: 2 ** 30 },
  };
}

async function bring(environment: MemoryEnvironment, release: Release): Promise<void> {
  await bringLive(environment, {
    action: "deploy",
    release,
    plan,
    operations: await environment.history.read(),
    stack: memoryStack(environment, release),
    planDigest: "",
    consent,
    steps: parseCanary("10%:0s"),
    onStep: () => {},
    verify: async () => verification(true),
  });
}

async function goBack(environment: MemoryEnvironment, to?: string): Promise<string> {
  const planned = await planRollback(environment, to);
  if (planned.moves.length > 0 || planned.continues !== null)
    await rollBack(environment, planned, consent);
  return planned.release;
}

async function ready(): Promise<MemoryEnvironment> {
  const environment = memoryEnvironment("dev");
  for (const { release, documents } of built) await environment.releases.keep(release, documents);
  await bring(environment, one?.release as Release);
  return environment;
}

/** The version that all functions lead to; `split` where they do not. */
function live({ traffic }: MemoryEnvironment): string {
  const all = names.map((name) => traffic.aliases.get(name));
  const versions = new Set(all.map((state) => (state?.canary === null ? state.version : "split")));
  return versions.size === 1 ? ([...versions][0] ?? "") : "split";
}

/** Kills whatever it is at each of its steps in turn, until it comes to its end. */
async function atEachStep(
  work: (environment: MemoryEnvironment) => Promise<unknown>,
  look: (environment: MemoryEnvironment) => Promise<void>,
  prepare = ready,
): Promise<number> {
  for (let calls = 0; ; calls++) {
    const environment = await prepare();
    const end = await work(killedAfter(environment, calls)).then(
      () => "ended",
      (error) => error,
    );
    if (end === "ended") return calls;
    expect(end).toBeInstanceOf(Killed);
    await look(environment);
  }
}

describe("a deploy that is killed at any of its steps", () => {
  const die = (environment: MemoryEnvironment) => bring(environment, two.release);

  it("is carried on with by the same command", async () => {
    const steps = await atEachStep(die, async (environment) => {
      await bring(environment, two.release);
      expect(live(environment)).toBe("2");
      const [newest] = await environment.history.read();
      expect(newest).toMatchObject({
        started: { release: two.release.id, previous: one.release.id },
        ended: { outcome: "live" },
      });
      expect(await goBack(environment)).toBe(one.release.id);
      expect(live(environment)).toBe("1");
    });
    // started, applied, 6 moves, 10 %, 6 moves, 100 %, verified, ended
    expect(steps).toBe(18);
  });

  it("is undone by a rollback, and can be done again", async () => {
    await atEachStep(die, async (environment) => {
      const begun = (await environment.history.read()).length > 1;
      if (!begun) return;
      const isDone = (await environment.history.read())[0]?.ended !== null;
      expect(isDone).toBe(false);
      expect(await goBack(environment)).toBe(one.release.id);
      expect(live(environment)).toBe("1");
      await bring(environment, two.release);
      expect(live(environment)).toBe("2");
    });
  });

  it("keeps another release out as long as callers get both, with the ways forward and back", async () => {
    let between = 0;
    await atEachStep(die, async (environment) => {
      const wasSplit = live(environment) === "split";
      const end = await bring(environment, three.release).catch((error) => error);
      if (!wasSplit) return expect(end).toBeUndefined();
      between += 1;
      expect(end).toMatchObject({
        code: "RELEASE_UNFINISHED",
        message: expect.stringMatching(`The deploy of ${two.release.id} to dev.* was cut off`),
        fix: `forward: the command for ${two.release.id} again; back, to ${one.release.id}: lambdakit rollback --env dev`,
      });
    });
    expect(between).toBe(12);
  });

  it("is never written down as more than was done", async () => {
    await atEachStep(die, async (environment) => {
      const [newest] = await environment.history.read();
      if (newest?.shares.some(({ percent }) => percent === 100)) {
        expect(live(environment)).toBe("2");
      } else if (newest?.shares.length === 1) {
        expect(environment.traffic.aliases.get(names[0] ?? "")).not.toMatchObject({
          version: "1",
          canary: null,
        });
      }
      if (newest?.number === 2) expect(newest.ended).toBeNull();
    });
  });
});

describe("a rollback that is killed at any of its steps", () => {
  const withTwo = async () => {
    const environment = await ready();
    await bring(environment, two.release);
    return environment;
  };

  it("is carried on with by the same command, and forward is as near", async () => {
    const steps = await atEachStep(
      goBack,
      async (environment) => {
        expect(await goBack(environment)).toBe(one.release.id);
        expect(live(environment)).toBe("1");
        expect(await goBack(environment, two.release.id)).toBe(two.release.id);
        expect(live(environment)).toBe("2");
        expect(await goBack(environment)).toBe(one.release.id);
      },
      withTwo,
    );
    // started, applied, 6 moves, 100 %, ended
    expect(steps).toBe(10);
  });
});
