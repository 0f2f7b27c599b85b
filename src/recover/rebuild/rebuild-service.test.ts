/** A service that comes back in an account that has nothing of it, in memory, and killed at each of its changes. */
import { describe, expect, it } from "vitest";
import { MemoryDynamo } from "../../../test/recovery-world.ts";
import {
  builtRelease,
  type MemoryEnvironment,
  manifest,
  memoryEnvironment,
  memoryStack,
  verification,
} from "../../../test/release-world.ts";
import { planService } from "../../plan/index.ts";
import { bringLive, History, liveRelease } from "../../release/index.ts";
import { digest } from "../../system/index.ts";
import {
  planRebuild,
  type RebuildGateways,
  RebuildRecords,
  type ReleaseSource,
  rebuildService,
  settingsOfPlan,
} from "../index.ts";

const plan = planService(manifest, "prod");
const { region } = plan;
const standbyRegion = "eu-west-1";
const { name: products } = plan.tables[0] ?? { name: "" };
const built = builtRelease("one");
const consent = {
  confirmation: "deploy-to-production",
  reason: "the account is gone",
  allowDataLoss: false,
};

class Killed extends Error {}

/** An empty account, and what is left elsewhere. */
class LostAccount {
  readonly left = memoryEnvironment("prod");
  readonly account = memoryEnvironment("prod");
  readonly dynamo = new MemoryDynamo();
  /** The table in the region that stands by; nothing where it is gone, too. */
  replica: { readonly items: string[]; readonly regions: Set<string> } | undefined;
  isPrepared = false;
  /** What Terraform was told to take over. */
  takenOver: Readonly<Record<string, string>> | undefined;
  passes = true;
  #changesLeft = Number.POSITIVE_INFINITY;

  constructor() {
    this.dynamo.onChange = () => this.#count();
    const { store } = this.account;
    for (const one of ["putOnce", "uploadOnce"] as const) {
      const write = store[one].bind(store) as (...given: unknown[]) => Promise<boolean>;
      Object.assign(store, {
        [one]: async (...given: unknown[]) => {
          this.#count();
          return write(...given);
        },
      });
    }
    this.account.traffic.onMove = () => this.#count();
  }

  /** Makes the release live where it is still known. */
  async release(): Promise<this> {
    const { releases, history, traffic } = this.left;
    await releases.keep(built.release, built.documents);
    for (const [sha256, zip] of built.zips) await releases.putArtifact(zip, sha256);
    await bringLive(
      { ...this.left, history, traffic },
      {
        action: "promote",
        release: built.release,
        plan,
        operations: [],
        stack: memoryStack(this.left, built.release),
        planDigest: "",
        consent,
        steps: [],
        onStep: () => {},
        verify: async () => verification(true),
      },
    );
    return this;
  }

  async backup(items: readonly string[]): Promise<void> {
    const settings = settingsOfPlan(plan, { timeToLiveAttribute: null });
    this.dynamo.there.set(products, { items: [...items], settings, restore: null });
    await this.dynamo.backups.create(products, "lambdakit-1");
    this.dynamo.there.delete(products);
  }

  get source(): ReleaseSource {
    const { releases, history, tables } = this.left;
    return { kind: "copy", name: standbyRegion, releases, histories: [history], tables };
  }

  /** @param changes after so many it is killed */
  async rebuild({ changes = Number.POSITIVE_INFINITY, acceptsEmptyTables = false } = {}) {
    this.#changesLeft = changes;
    const environment = this.#environment(changes);
    const { store } = environment;
    const rebuilt = {
      environment,
      records: new RebuildRecords(store, "product", "prod"),
      gateways: this.gateways,
    };
    const planned = await planRebuild(rebuilt, plan, {
      source: this.source,
      release: undefined,
      acceptsEmptyTables,
      isPrepared: this.isPrepared,
    });
    if (planned.isDone) return { planned, result: undefined };
    const result = await rebuildService(rebuilt, planned, {
      source: this.source,
      consent,
      prepareAccount: async () => {
        this.#count();
        this.isPrepared = true;
      },
      openStack: async ({ release }, tables) => {
        this.takenOver = tables;
        const stack = memoryStack(environment, release);
        return {
          ...stack,
          apply: async () => {
            this.#count();
            await stack.apply();
          },
        };
      },
      verifierOf: () => async () => verification(this.passes),
      pause: async () => {},
      onStep: () => {},
    });
    return { planned, result };
  }

  get gateways(): RebuildGateways {
    const { backups, restores } = this.dynamo;
    const replicas: NonNullable<RebuildGateways["standby"]>["replicas"] = {
      read: async () =>
        this.replica && {
          status: "ACTIVE",
          bytes: 1,
          replicas: Object.fromEntries([...this.replica.regions].map((one) => [one, "ACTIVE"])),
        },
      addReplica: async (name, added) => {
        this.#count();
        const { items = [], regions } = this.replica ?? {};
        regions?.add(added);
        const settings = settingsOfPlan(plan, { timeToLiveAttribute: null });
        this.dynamo.there.set(name, { items: [...items], settings, restore: null });
      },
    };
    return { backups, restores, standby: { region: standbyRegion, replicas } };
  }

  /** Whoever is killed is not there any more when the next one looks. */
  #environment(changes: number): MemoryEnvironment {
    if (changes === Number.POSITIVE_INFINITY) return this.account;
    return { ...this.account, place: { ...this.account.place, pid: 2 ** 30 } };
  }

  #count(): void {
    if (this.#changesLeft <= 0) throw new Killed();
    this.#changesLeft -= 1;
  }
}

const items = ({ dynamo }: LostAccount) => dynamo.there.get(products)?.items;

describe("a service whose account has nothing of it", () => {
  it("comes back with the items of its replica, the bytes of its release, and verified", async () => {
    const world = await new LostAccount().release();
    world.replica = { items: ["a", "b"], regions: new Set() };
    await world.backup(["a"]);
    const { result } = await world.rebuild();
    expect(items(world)).toEqual(["a", "b"]);
    expect([...(world.replica?.regions ?? [])]).toEqual([region]);
    expect(world.takenOver).toEqual({ products });
    expect(result?.verification?.passed).toBe(true);
    const { history, store } = world.account;
    const operations = await history.read();
    expect(operations).toMatchObject([{ started: { action: "rebuild" }, verified: {} }]);
    expect(liveRelease(operations)).toBe(built.release.id);
    for (const [sha256] of built.zips) {
      const key = [...store.objects.keys()].find((one) => one.includes(sha256)) ?? "";
      expect(digest(store.objects.get(key) ?? Buffer.from(""))).toBe(sha256);
    }
  });

  it("comes back from its newest backup where nothing stands by", async () => {
    const world = await new LostAccount().release();
    await world.backup(["a"]);
    await world.backup(["a", "b"]);
    expect((await world.rebuild()).planned.tables).toMatchObject([{ source: { kind: "backup" } }]);
    expect(items(world)).toEqual(["a", "b"]);
  });

  it("comes back with empty tables only where somebody has said so", async () => {
    const world = await new LostAccount().release();
    await expect(world.rebuild()).rejects.toMatchObject({
      code: "REBUILD_NO_DATA",
      message: expect.stringContaining(products),
      fix: expect.stringContaining("--accept-empty-tables"),
    });
    expect(world.isPrepared).toBe(false);
    await world.rebuild({ acceptsEmptyTables: true });
    expect(world.takenOver).toEqual({});
  });

  it("is not built over what is there", async () => {
    const withTable = await new LostAccount().release();
    await withTable.backup(["a"]);
    const settings = settingsOfPlan(plan, { timeToLiveAttribute: null });
    withTable.dynamo.there.set(products, { items: [], settings, restore: null });
    await expect(withTable.rebuild()).rejects.toMatchObject({
      code: "REBUILD_NOT_EMPTY",
      exitCode: 77,
      message: expect.stringContaining(`table ${products}`),
    });
    expect(withTable.isPrepared).toBe(false);

    const served = await new LostAccount().release();
    await served.backup(["a"]);
    served.account.traffic.publish(plan.functions[0]?.name ?? "", "0");
    await expect(served.rebuild()).rejects.toMatchObject({ code: "REBUILD_NOT_EMPTY" });

    const known = await new LostAccount().release();
    await known.backup(["a"]);
    known.isPrepared = true;
    const history = new History(known.account.store, "product", "prod");
    await bringLive(
      { ...known.account, history },
      {
        action: "promote",
        release: built.release,
        plan,
        operations: [],
        stack: memoryStack(known.account, built.release),
        planDigest: "",
        consent,
        steps: [],
        onStep: () => {},
      },
    );
    await expect(known.rebuild()).rejects.toMatchObject({
      message: expect.stringContaining("a history of 1 operations"),
    });
  });

  it("is asked for the words of PROD before anything is made", async () => {
    const world = await new LostAccount().release();
    await world.backup(["a"]);
    const { environment, records } = {
      environment: world.account,
      records: new RebuildRecords(world.account.store, "product", "prod"),
    };
    const rebuilt = { environment, records, gateways: world.gateways };
    const planned = await planRebuild(rebuilt, plan, {
      source: world.source,
      release: undefined,
      acceptsEmptyTables: false,
      isPrepared: false,
    });
    const none = { confirmation: null, reason: null, allowDataLoss: false };
    const options = {
      source: world.source,
      consent: none,
      prepareAccount: async () => {
        world.isPrepared = true;
      },
      openStack: async () => memoryStack(world.account, built.release),
      verifierOf: () => undefined,
      onStep: () => {},
    };
    await expect(rebuildService(rebuilt, planned, options)).rejects.toMatchObject({
      code: "DEPLOY_NOT_CONFIRMED",
      fix: expect.stringContaining("lambdakit dr rebuild --env prod --confirm"),
    });
    expect(world.isPrepared).toBe(false);
  });

  it("goes on where the API did not do what it promises, and is done once", async () => {
    const world = await new LostAccount().release();
    await world.backup(["a"]);
    world.passes = false;
    await expect(world.rebuild()).rejects.toMatchObject({ code: "RELEASE_NOT_VERIFIED" });
    world.passes = true;
    const { planned, result } = await world.rebuild();
    expect(planned.begun?.brought).toMatchObject({ products: { items: 1 } });
    expect(result?.verification?.passed).toBe(true);
    expect((await world.rebuild()).planned.isDone).toBe(true);
  });

  it.each(["replica", "backup"] as const)(
    "is there in the end however often it was killed, from its %s",
    async (kind) => {
      const prepare = async () => {
        const world = await new LostAccount().release();
        if (kind === "replica") world.replica = { items: ["a", "b"], regions: new Set() };
        else await world.backup(["a", "b"]);
        return world;
      };
      let changes = 0;
      for (; ; changes++) {
        const world = await prepare();
        const end = await world.rebuild({ changes }).then(
          () => "ended",
          (error) => error,
        );
        if (end === "ended") break;
        expect(end).toBeInstanceOf(Killed);
        const { result } = await world.rebuild();
        expect(result?.verification?.passed, `killed after ${changes} changes`).toBe(true);
        expect(items(world)).toEqual(["a", "b"]);
        const operations = await world.account.history.read();
        expect(liveRelease(operations)).toBe(built.release.id);
        expect(operations[0]?.ended?.outcome).toBe("live");
        for (const { name } of plan.functions) {
          expect(world.account.traffic.aliases.get(name)).toEqual({ version: "1", canary: null });
        }
      }
      expect(changes).toBeGreaterThan(15);
    },
  );
});
