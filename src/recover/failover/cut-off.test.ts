/** A failover, a failback and what stands by, each killed between any two of its steps: the same command ends them. */
import { describe, expect, it } from "vitest";
import { type MemoryRegion, RegionWorld, waitingPlan } from "../../../test/region-world.ts";
import type { MemoryEnvironment } from "../../../test/release-world.ts";
import { History, liveRelease } from "../../release/index.ts";

class Killed extends Error {}

/** What a process does that is killed after so many writes, moves and waits. */
class Dying {
  #left: number;

  constructor(calls: number) {
    this.#left = calls;
  }

  count = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    if (this.#left <= 0) throw new Killed();
    this.#left -= 1;
    return call();
  };

  /** The same environment, as such a process sees it. */
  environment({ environment, plan }: MemoryRegion): MemoryEnvironment {
    const { store, traffic, releases } = environment;
    const { service, deployment } = plan;
    const dying = Object.assign(Object.create(store), {
      putOnce: (key: string, text: string) => this.count(() => store.putOnce(key, text)),
    });
    return {
      ...environment,
      releases: Object.assign(Object.create(Object.getPrototypeOf(releases)), releases, {
        keepStandby: (...given: Parameters<typeof releases.keepStandby>) =>
          this.count(() => releases.keepStandby(...given)),
        putArtifact: (...given: Parameters<typeof releases.putArtifact>) =>
          this.count(() => releases.putArtifact(...given)),
        standbyOf: releases.standbyOf.bind(releases),
        keep: (...given: Parameters<typeof releases.keep>) =>
          this.count(() => releases.keep(...given)),
        load: releases.load.bind(releases),
      }),
      history: new History(dying, service, plan.environment, deployment.history),
      traffic: Object.assign(Object.create(traffic), {
        move: (...given: Parameters<typeof traffic.move>) =>
          this.count(() => traffic.move(...given)),
      }),
      // Of a process that is not there any more.
      place: { ...environment.place, pid: 2 ** 30 },
    };
  }
}

/** Kills it at each of its steps in turn, until it comes to its end. */
async function atEachStep(
  prepare: () => Promise<RegionWorld>,
  work: (world: RegionWorld, dying: Dying) => Promise<unknown>,
  look: (world: RegionWorld) => Promise<void>,
): Promise<number> {
  for (let calls = 0; ; calls++) {
    const world = await prepare();
    const end = await work(world, new Dying(calls)).then(
      () => "ended",
      (error) => error,
    );
    if (end === "ended") return calls;
    expect(end).toBeInstanceOf(Killed);
    await look(world);
  }
}

function dyingMove(world: RegionWorld, dying: Dying, to: MemoryRegion) {
  const { name, now } = world;
  const standby = dying.environment(world.standby);
  return {
    history: standby.history,
    to: {
      plan: to.plan,
      tables: to.tables,
      metrics: to.metrics,
      environment: to === world.standby ? standby : dying.environment(to),
    },
    name: {
      url: "https://products.example.com",
      switch: {
        read: () => name.read(),
        holdDown: () => dying.count(() => name.holdDown()),
        letCheck: () => dying.count(() => name.letCheck()),
      },
    },
    wait: (until: Date) =>
      dying.count(async () => {
        world.now = Math.max(now, until.getTime());
      }),
  };
}

const standingBy = async () => {
  const world = new RegionWorld();
  await world.release("one");
  await world.bringStandby();
  return world;
};

const endOf = async ({ standby }: RegionWorld) => (await standby.environment.history.read())[0];

describe("a failover that is killed between any two of its steps", () => {
  it("is ended by the same command, with callers in the other region and nothing left open", async () => {
    const steps = await atEachStep(
      standingBy,
      (world, dying) => world.failover(dyingMove(world, dying, world.standby)),
      async (world) => {
        expect((await world.failover()).outcome).toBe("moved");
        expect(world.name.is).toBe("held-down");
        expect(await endOf(world)).toMatchObject({
          started: { action: "failover" },
          moved: { to: "eu-west-1" },
          verified: { verification: { passed: true } },
          ended: { outcome: "moved" },
        });
        expect((await world.failover()).outcome).toBe("already-there");
        expect((await world.failback()).outcome).toBe("moved");
        expect(world.name.is).toBe("checking");
      },
    );
    // started, held down, moved, waited, verified, ended
    expect(steps).toBe(6);
  });

  it("is ended by the same command from a region that is lost, with the same words", async () => {
    const lost = async () => {
      const world = await standingBy();
      world.primary.isLost = true;
      return world;
    };
    await atEachStep(
      lost,
      (world, dying) =>
        world.failover({ ...dyingMove(world, dying, world.standby), acceptsDataLoss: true }),
      async (world) => {
        expect((await world.failover({ acceptsDataLoss: true })).outcome).toBe("moved");
        expect(world.name.is).toBe("held-down");
      },
    );
  });

  it("is never written down as more than was done", async () => {
    await atEachStep(
      standingBy,
      (world, dying) => world.failover(dyingMove(world, dying, world.standby)),
      async (world) => {
        const newest = await endOf(world);
        if (newest?.moved != null) expect(world.name.is).toBe("held-down");
        if (newest?.started.action === "failover") expect(newest.ended).toBeNull();
      },
    );
  });

  it("is taken back by a failback as well", async () => {
    await atEachStep(
      standingBy,
      (world, dying) => world.failover(dyingMove(world, dying, world.standby)),
      async (world) => {
        const outcome = (await world.failback()).outcome;
        expect(["moved", "already-there"]).toContain(outcome);
        expect(world.name.is).toBe("checking");
      },
    );
  });
});

describe("a failback that is killed between any two of its steps", () => {
  it("is ended by the same command", async () => {
    const away = async () => {
      const world = await standingBy();
      await world.failover();
      return world;
    };
    const steps = await atEachStep(
      away,
      (world, dying) => world.failback(dyingMove(world, dying, world.primary)),
      async (world) => {
        expect((await world.failback()).outcome).toBe("moved");
        expect(world.name.is).toBe("checking");
        expect((await endOf(world))?.ended?.outcome).toBe("moved");
      },
    );
    expect(steps).toBe(6);
  });
});

describe("what is brought to the region that stands by, and killed between any two steps", () => {
  it("is ended by the same command, whatever release is live by then", async () => {
    const second = async () => {
      const world = await standingBy();
      await world.release("two");
      return world;
    };
    let between = 0;
    await atEachStep(
      second,
      (world, dying) => world.bringStandby(dying.environment(world.standby)),
      async (world) => {
        const versions = [...world.standby.environment.traffic.aliases.values()];
        if (new Set(versions.map(({ version }) => version)).size > 1) between += 1;
        const third = await world.release("three");
        expect((await world.bringStandby()).outcome).toBe("standing-by");
        expect(liveRelease(await world.standby.environment.history.read())).toBe(third);
        expect((await world.failover()).release).toBe(third);
      },
    );
    // Between the first alias that was moved and the last one.
    expect(between).toBe(waitingPlan.functions.length - 1);
  });
});
