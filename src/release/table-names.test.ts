import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  builtRelease,
  type MemoryEnvironment,
  manifest,
  memoryEnvironment,
  memoryStack,
  verification,
} from "../../test/release-world.ts";
import { recoveryPrefix } from "../names.ts";
import { planService, withTableNames } from "../plan/index.ts";
import { bringLive, planRollback, promoteRelease, recordDestruction } from "./index.ts";

const restored = "products-dev-restored-20261127-091500";
const later = "products-dev-restored-20261128-101500";
const consent = { confirmation: "deploy", reason: null, allowDataLoss: false };

function switching(operation: number, name: string, from = "products-dev") {
  return {
    at: "2026-11-27T09:30:00.000Z",
    operation,
    tables: { products: name },
    restored: { products: { to: "2026-11-27T09:00:00.000Z", backup: null, from } },
  };
}

describe("the tables of a service", () => {
  it("are called as the manifest says until a restore switches to another one", async () => {
    const { tables } = memoryEnvironment("dev");
    const plan = planService(manifest, "dev");
    expect(await tables.read()).toEqual({});
    expect(await tables.applyTo(plan)).toBe(plan);
    await tables.switchTo(switching(3, restored));
    expect(await tables.read()).toEqual({ products: restored });
    expect(await tables.applyTo(plan)).toEqual(withTableNames(plan, { products: restored }));
  });

  it("are switched once, however often a restore that was cut off writes it down", async () => {
    const { tables, store } = memoryEnvironment("dev");
    const first = await tables.switchTo(switching(3, restored));
    expect(await tables.switchTo(switching(4, restored))).toEqual(first);
    expect([...store.objects.keys()]).toEqual([
      `${recoveryPrefix("product", "dev")}tables/000001.json`,
    ]);
  });

  it("keep the names that are not switched, and the newest of each counts, whatever came before", async () => {
    const key = fc.constantFrom("products", "orders", "stock");
    const step = fc.tuple(key, fc.stringMatching(/^t[a-c]$/));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { tables } = memoryEnvironment("dev");
        const book: Record<string, string> = {};
        for (const [index, [table, name]] of steps.entries()) {
          book[table] = name;
          await tables.switchTo({ ...switching(index, name), tables: { [table]: name } });
        }
        expect(await tables.read()).toEqual(book);
        const numbers = (await tables.switches()).map(({ number }) => number);
        expect(numbers).toEqual([...numbers].sort((one, other) => other - one));
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
    );
  });

  it("go to one of two restores at the same moment, and the other one is told", async () => {
    const { tables } = memoryEnvironment("dev");
    const both = await Promise.allSettled([
      tables.switchTo(switching(3, restored)),
      tables.switchTo(switching(4, later)),
    ]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(both[1]).toMatchObject({ reason: { code: "RELEASE_TAKEN_OVER" } });
    expect(await tables.read()).toEqual({ products: restored });
  });

  it("are those of the manifest again once all was destroyed", async () => {
    const dev = memoryEnvironment("dev");
    await recordDestruction(dev, async () => {});
    expect(await dev.tables.switches()).toEqual([]);
    await dev.tables.switchTo(switching(2, restored));
    await recordDestruction(dev, async () => {});
    expect(await dev.tables.read()).toEqual({});
  });
});

describe("a release, where a table was restored", () => {
  it("is seen with that table in its own environment, and is promoted with that of the next one", async () => {
    const [dev, sit] = [memoryEnvironment("dev"), memoryEnvironment("sit")];
    const { release } = await deploy(dev, "one");
    await dev.tables.switchTo(switching(2, restored));
    await sit.tables.switchTo(switching(1, "products-sit-restored-20261127-091500"));
    const { plan } = await dev.releases.view(release.id, "dev");
    expect(plan.tables[0]?.name).toBe(restored);
    expect((await dev.releases.planOf(release, "dev")).tables[0]?.name).toBe("products-dev");

    const seen: unknown[] = [];
    await promoteRelease({
      from: dev,
      to: sit,
      consent,
      dryRun: true,
      steps: [],
      openStack: async (planned, what) => {
        seen.push(planned.tables[0]?.name);
        return memoryStack(sit, what);
      },
      onPlanned: () => {},
      onStep: () => {},
      verifierOf: () => undefined,
    });
    expect(seen).toEqual(["products-sit-restored-20261127-091500"]);
  });

  it("that was published before is not rolled back to: its functions would use the old table", async () => {
    const dev = memoryEnvironment("dev");
    const one = await deploy(dev, "one");
    const two = await deploy(dev, "two");
    expect((await planRollback(dev, undefined)).release).toBe(one.release.id);
    await dev.tables.switchTo(switching(3, restored));
    await expect(planRollback(dev, undefined)).rejects.toMatchObject({
      code: "RELEASE_OTHER_TABLE",
      message: `The versions of ${one.release.id} are of operation 1. Operation 3 has restored the table products as ${restored} since then: they would use the one that it stands for.`,
      fix: "check out its commit, and: lambdakit deploy",
    });
    await expect(planRollback(dev, two.release.id)).rejects.toMatchObject({
      code: "RELEASE_OTHER_TABLE",
    });
  });

  it("that was published with the restore, or after it, can be rolled back to", async () => {
    const dev = memoryEnvironment("dev");
    const one = await deploy(dev, "one");
    await dev.tables.switchTo(switching(2, restored));
    await deploy(dev, "one");
    const two = await deploy(dev, "two");
    expect((await planRollback(dev, undefined)).release).toBe(one.release.id);
    await dev.tables.switchTo(switching(4, later, restored));
    await expect(planRollback(dev, two.release.id)).rejects.toMatchObject({
      fix: "check out its commit, and: lambdakit deploy",
    });
  });

  it("of another environment than the first comes again by the way it came", async () => {
    const prod = memoryEnvironment("prod");
    const one = await deploy(prod, "one");
    await deploy(prod, "two");
    await prod.tables.switchTo(switching(3, "products-prod-restored-20261127-091500"));
    await expect(planRollback(prod, undefined)).rejects.toMatchObject({
      fix: `lambdakit promote --from sit --to prod --release ${one.release.id}`,
    });
  });
});

async function deploy(environment: MemoryEnvironment, text: string) {
  const built = builtRelease(text);
  const { release, documents, zips } = built;
  for (const [sha256, bytes] of zips) await environment.releases.putArtifact(bytes, sha256);
  await environment.releases.keep(release, documents);
  const stack = memoryStack(environment, release);
  await bringLive(environment, {
    action: "deploy",
    release,
    plan: (await environment.releases.view(release.id, environment.environment)).plan,
    operations: await environment.history.read(),
    stack,
    planDigest: "",
    verify: async () => verification(true),
    consent: { ...consent, confirmation: "deploy-to-production", reason: "test" },
    steps: [],
    onStep: () => {},
  });
  return built;
}
