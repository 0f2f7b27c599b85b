import { describe, expect, it } from "vitest";
import { MemoryStore } from "../../test/release-world.ts";
import type { ItemAttributes } from "../aws/index.ts";
import { Heartbeats } from "./heartbeat.ts";
import {
  type DrillPorts,
  DrillRecords,
  isPassed,
  regionPorts,
  resumeDrill,
  runDrill,
} from "./index.ts";
import { KeptRecords } from "./kept-records.ts";
import type { ScenarioName } from "./scenario.ts";

const keys = {
  partitionKey: { name: "PK", type: "S" },
  sortKey: { name: "SK", type: "S" },
} as const;
const begun = Date.UTC(2026, 10, 27, 9);
const before = "products-dev";
const restored = "products-dev-restored-20261127-090006";

class Aside extends MemoryStore {
  async clear(prefix: string) {
    for (const key of await this.keys(prefix)) this.objects.delete(key);
  }
}

/** AWS as a drill sees it, in memory: a table, its backup, a service, and a clock that waits for nobody. */
class World {
  clock = begun;
  readonly store = new MemoryStore();
  hasBucket = true;
  readonly aside = new Aside();
  readonly kept = new KeptRecords(this.store, async () => this.hasBucket, this.aside);
  readonly records = new DrillRecords(this.kept, "product", "dev");
  /** What DynamoDB keeps of tables that are deleted. */
  readonly systemBackups = new Map<string, Map<string, ItemAttributes>>();
  /** What the account has that cannot be lost. */
  stranger: string | null = null;
  readonly tables = new Map<string, Map<string, ItemAttributes>>([[before, new Map()]]);
  current = before;
  backup: Map<string, ItemAttributes> | null = null;
  broken = false;
  unfinished = false;
  tidied = 0;
  readonly commands: string[] = [];
  readonly events: string[] = [];
  readonly interruption = new AbortController();
  /** What a command does, in the place of `usual`. */
  onCommand: (args: readonly string[]) => Promise<number> | number = (args) => this.usual(args);

  readonly #items = {
    put: async (table: string, item: ItemAttributes) => {
      this.clock += 10;
      this.#table(table).set(JSON.stringify([item.PK, item.SK]), item);
    },
    read: async (table: string, all: readonly ItemAttributes[]) => {
      const items = this.tables.get(table);
      const found = all.map((key) => items?.get(JSON.stringify([key.PK, key.SK])));
      return items && found.filter((item) => item !== undefined);
    },
    remove: async (table: string, all: readonly ItemAttributes[]) => {
      for (const key of all) this.tables.get(table)?.delete(JSON.stringify([key.PK, key.SK]));
    },
  };

  readonly ports: DrillPorts = {
    now: () => this.clock,
    wait: async (milliseconds) => {
      this.clock += milliseconds;
      await new Promise(setImmediate);
    },
    interrupted: this.interruption.signal,
    records: this.records,
    heartbeats: new Heartbeats(this.#items, keys, begun),
    tableNow: async () => this.current,
    hasBackup: async () => this.backup !== null,
    restorableUntil: async () => this.clock,
    deleteTable: async (table) => void this.tables.delete(table),
    breakFunction: async () => {
      this.broken = true;
    },
    account: {
      requireKnown: async () => {
        if (this.stranger !== null) throw new Error(this.stranger);
      },
      keepRecords: () => this.kept.keepAside("drills/product/dev/"),
      lose: async () => {
        for (const [table, items] of this.tables) this.systemBackups.set(table, new Map(items));
        this.tables.clear();
        this.store.objects.clear();
        this.hasBucket = false;
      },
      returnRecords: () => this.kept.bringBack("drills/product/dev/"),
    },
    region: null,
    tidyUp: async () => {
      this.tidied++;
    },
    isServed: async () => !this.broken && this.tables.has(this.current),
    isUnfinished: async () => this.unfinished,
    command: async (args) => {
      this.commands.push(args.join(" "));
      const exitCode = await this.onCommand(args);
      const answer = exitCode === 0 ? { steps: [{ what: "restored", milliseconds: 1_500 }] } : null;
      return { exitCode, answer };
    },
    onEvent: (what) => this.events.push(what),
  };

  /** What the commands do that a drill runs. */
  usual(args: readonly string[]): number {
    this.clock += 60_000;
    const [one, two, three, to = ""] = args;
    if (one === "rollback") this.broken = false;
    if (two === "rebuild") {
      this.hasBucket = true;
      for (const [table, items] of this.systemBackups) this.tables.set(table, new Map(items));
    }
    if (two === "backup") this.backup = new Map(this.#table(before));
    if (three === "--backup") this.tables.set(before, new Map(this.backup));
    if (three === "--to") {
      this.current = restored;
      this.tables.set(restored, new Map(this.#earlier(to)));
    }
    return 0;
  }

  start(scenario: ScenarioName) {
    return {
      plan: {
        service: "product",
        environment: "dev",
        recovery: { rpoMinutes: 60, rtoMinutes: 30, backups: null, standby: null },
        tables: [],
      },
      started: {
        scenario,
        at: new Date(begun).toISOString(),
        by: "arn:aws:sts::536580886816:assumed-role/dev/me",
        id: begun,
        table: { key: "products", name: before },
        release: "3f9c2a1b7d4e",
      },
      stoodIn: null,
    } as const;
  }

  run(scenario: ScenarioName) {
    return runDrill(this.start(scenario), this.ports);
  }

  async resume() {
    const [last] = await this.records.list();
    if (last === undefined) throw new Error("no drill");
    return resumeDrill(last, this.start(last.started.scenario), this.ports);
  }

  /** Of all tables. */
  heartbeatsLeft(): number {
    return [...this.tables.values()].reduce((sum, { size }) => sum + size, 0);
  }

  #table(name: string): Map<string, ItemAttributes> {
    const table = this.tables.get(name);
    if (table === undefined) throw new Error("ResourceNotFoundException");
    return table;
  }

  /** Heartbeats say when they were written: those of an earlier time are made anew. */
  #earlier(to: string): [string, ItemAttributes][] {
    return [...this.#table(before)].flatMap(([key, item]): [string, ItemAttributes][] => {
      const number = Number(Object.values(item.lambdakitDrillNumber ?? {})[0]);
      if (Number.isNaN(number)) return [[key, item]];
      const at = new Date(begun + (number - 1) * 200).toISOString();
      const whole = { ...item, lambdakitDrillAt: { S: at }, lambdakitDrillWhole: { S: "yes" } };
      return at <= to ? [[key, whole]] : [];
    });
  }
}

describe("a drill", () => {
  it("loses the table, restores it, and says what was not in the backup", async () => {
    const world = new World();
    const report = await world.run("table-lost");
    expect(world.commands).toEqual([
      "dr backup now",
      "dr restore --backup latest --table products",
    ]);
    // The backup was made before the first heartbeat: none came back, and that is not taken for a recovery.
    expect(report).toMatchObject({ recovered: false, rpo: { seconds: null, met: false } });

    const other = new World();
    let beats = 0;
    const { write } = other.ports.heartbeats;
    const heartbeats = {
      ...other.ports.heartbeats,
      whole: other.ports.heartbeats.whole.bind(other.ports.heartbeats),
      corrupt: other.ports.heartbeats.corrupt.bind(other.ports.heartbeats),
      remove: other.ports.heartbeats.remove.bind(other.ports.heartbeats),
      // Somebody's clock makes a backup in the middle of it.
      write: async (...args: Parameters<typeof write>) => {
        await write.apply(other.ports.heartbeats, args);
        if (++beats === 10) other.backup = new Map(other.tables.get(before));
      },
    };
    other.backup = new Map();
    const found = await runDrill(other.start("table-lost"), { ...other.ports, heartbeats });
    expect(other.commands).toEqual(["dr restore --backup latest --table products"]);
    expect(found).toMatchObject({
      recovered: true,
      manualSteps: 0,
      heartbeats: { acknowledged: 25, recovered: 10 },
      // Sixteen pauses of 200 ms between the tenth and the loss.
      rpo: { seconds: 3.2, targetSeconds: 3_600, met: true, kind: "measured" },
      rto: { seconds: 60, targetSeconds: 1_800, met: true, kind: "measured" },
    });
    expect(isPassed(found)).toBe(true);
    expect(other.heartbeatsLeft()).toBe(0);
  });

  it("corrupts its own items and nobody else's, and finds them whole where the service reads them then", async () => {
    const world = new World();
    const theirs = { PK: { S: "PRODUCT#1" }, SK: { S: "METADATA" } };
    world.tables.get(before)?.set("theirs", theirs);
    const report = await world.run("items-corrupted");
    expect(world.commands).toEqual(["dr restore --to 2026-11-27T09:00:05.000Z --table products"]);
    expect(report).toMatchObject({
      recovered: true,
      table: { before, after: restored },
      rpo: { seconds: 0.2, met: true },
    });
    expect([...(world.tables.get(before)?.values() ?? [])]).toEqual([theirs]);
  });

  it("waits until the moment can be restored to, which AWS lags behind", async () => {
    const world = new World();
    const ports = {
      ...world.ports,
      restorableUntil: async () => world.clock - 300_000,
    };
    const report = await runDrill(world.start("items-corrupted"), ports);
    expect(report.rto.seconds).toBeGreaterThan(300);
    expect(report.recovered).toBe(true);
  });

  it("breaks a function, and measures until callers are served by the release again", async () => {
    const world = new World();
    const report = await world.run("function-broken");
    expect(world.commands).toEqual(["rollback --to 3f9c2a1b7d4e"]);
    expect(report).toMatchObject({
      recovered: true,
      heartbeats: { acknowledged: 25, recovered: 25 },
    });
    expect(report.timeline.map(({ what }) => what)).toEqual([
      "drill 1 of dev began: function-broken",
      "25 heartbeats were acknowledged",
      "the loss began",
      "the loss is complete: callers of one function are led to code that fails",
      "ran lambdakit rollback --to 3f9c2a1b7d4e",
      "restored (1.5 s)",
      "lambdakit rollback --to ended with 0",
      "a check has found everything right",
      "recovered",
    ]);
    expect(world.tidied).toBe(1);
  });

  it("misses a target that it misses, and says so", async () => {
    const world = new World();
    world.onCommand = (args) => {
      world.clock += 40 * 60_000;
      return world.usual(args);
    };
    const report = await world.run("function-broken");
    expect(report).toMatchObject({ recovered: true, rto: { seconds: 2_460, met: false } });
    expect(isPassed(report)).toBe(false);
  });

  it("is no recovery where the command fails, or the API stays as it is", async () => {
    const failing = new World();
    failing.onCommand = () => 1;
    expect(await failing.run("function-broken")).toMatchObject({
      recovered: false,
      why: "the command ended with 1",
      rto: { seconds: null, met: false },
    });
    expect(failing.heartbeatsLeft()).toBe(0);

    const idle = new World();
    idle.onCommand = () => 0;
    expect(await idle.run("function-broken")).toMatchObject({
      recovered: false,
      why: "the API did not become what it has to be",
    });
  });

  it("begins with nothing that is not as it has to be", async () => {
    const world = new World();
    world.broken = true;
    await expect(world.run("table-lost")).rejects.toMatchObject({ code: "DRILL_NOT_WELL" });
    expect(await world.records.list()).toEqual([]);
  });

  it("is one at a time", async () => {
    const world = new World();
    await world.records.begin(world.start("table-lost").started, "dev");
    await expect(world.run("table-lost")).rejects.toMatchObject({
      code: "DRILL_UNFINISHED",
      fix: expect.stringContaining("lambdakit dr drill resume --env dev"),
    });
  });

  it("is kept as evidence, with what people read", async () => {
    const world = new World();
    const report = await world.run("function-broken");
    const [record] = await world.records.list();
    expect(record?.report).toEqual(report);
    const markdown = String(
      Buffer.from(world.store.objects.get("drills/product/dev/000001/report.md") ?? []),
    );
    expect(markdown).toContain("| RTO | 60.0 s | 1800 s | yes | measured |");
    expect(markdown).toContain("Passed.");
  });

  it("loses nothing where it is stopped before", async () => {
    const world = new World();
    const { signal } = world.interruption;
    const wait = async () => {
      world.interruption.abort();
    };
    await expect(
      runDrill(world.start("table-lost"), { ...world.ports, wait, interrupted: signal }),
    ).rejects.toMatchObject({ code: "DRILL_INTERRUPTED", exitCode: 130 });
    expect(world.heartbeatsLeft()).toBe(0);
    expect(await world.records.list()).toMatchObject([{ isCalledOff: true }]);
  });
});

describe("a drill that loses a region", () => {
  /** A region that stands by and has the heartbeats but for the last ones, and what was done with the other. */
  function regionWorld(world: World, lag = 5) {
    const done: (string | boolean)[] = [];
    const away = {
      tableNow: async () => before,
      isServed: async () => true,
      isUnfinished: async () => false,
      heartbeats: {
        ...world.ports.heartbeats,
        write: async () => {},
        corrupt: async () => {},
        remove: async () => void done.push("removed there"),
        whole: async (table: string, sent: number) =>
          (await world.ports.heartbeats.whole(table, sent))?.slice(0, -lag),
      },
    };
    const ports = regionPorts(
      {
        ...world.ports,
        command: async (args) => {
          done.push(args.join(" "));
          return { exitCode: await world.onCommand(args), answer: null };
        },
      },
      away,
      (isLost) => done.push(isLost),
    );
    const start = world.start("region-lost");
    const standby = { region: "eu-west-1", domain: null, from: "environments.dev.recoveryRegion" };
    const recovery = { ...start.plan.recovery, standby };
    return { done, ports, setting: { ...start, plan: { ...start.plan, recovery } } };
  }

  it("rehearses, loses it, leads callers away, and gives it back with the callers", async () => {
    const world = new World();
    world.onCommand = () => {
      world.clock += 60_000;
      return 0;
    };
    const { done, ports, setting } = regionWorld(world);
    const report = await runDrill(setting, ports);
    expect(done).toEqual([
      "dr failover --to eu-west-1 --dry-run",
      true,
      "dr failover --to eu-west-1 --accept-data-loss",
      false,
      "dr failback",
      "removed there",
    ]);
    expect(report).toMatchObject({
      recovered: true,
      command: "dr failover --to eu-west-1 --accept-data-loss",
      heartbeats: { acknowledged: 25, recovered: 20 },
      // The twentieth of 25 that are 200 ms apart.
      rpo: { seconds: 1.2, met: true },
      // What stands by answers before anybody is led there: that does not count.
      rto: { seconds: 60, met: true },
    });
    expect(world.heartbeatsLeft()).toBe(0);
  });

  it("loses nothing where the other region would not take over, and says why", async () => {
    const world = new World();
    world.onCommand = () => 77;
    const { done, ports, setting } = regionWorld(world);
    await expect(runDrill(setting, ports)).rejects.toMatchObject({
      code: "DRILL_NOT_WELL",
      message: expect.stringMatching(
        /\nlambdakit dr failover --to eu-west-1 --dry-run ended with 77$/,
      ),
    });
    expect(done).toHaveLength(1);
    expect(await world.records.list()).toEqual([]);
  });

  it("waits until callers can go home, and is not passed where they cannot", async () => {
    const world = new World();
    let refusals = 3;
    world.onCommand = (args) => (args[1] === "failback" && refusals-- > 0 ? 77 : 0);
    expect((await runDrill(regionWorld(world).setting, regionWorld(world).ports)).recovered).toBe(
      true,
    );
    refusals = Number.POSITIVE_INFINITY;
    const { ports, setting } = regionWorld(world);
    expect(await runDrill(setting, ports)).toMatchObject({
      recovered: false,
      why: "lambdakit dr failback ended with 77",
    });
  });

  it("loses it again where it was cut off, and goes on", async () => {
    const world = new World();
    world.onCommand = () => 0;
    const { ports, setting } = regionWorld(world);
    const dead = {
      ...ports,
      command: async (args: readonly string[]) => {
        if (args.includes("--accept-data-loss")) throw new Error("killed");
        return ports.command(args);
      },
    };
    await expect(runDrill(setting, dead)).rejects.toThrow("killed");
    world.unfinished = true;
    const [last] = await world.records.list();
    if (last === undefined) throw new Error("no drill");
    const next = regionWorld(world);
    const report = await resumeDrill(last, setting, next.ports);
    expect(next.done.slice(0, 2)).toEqual([true, "dr failover --to eu-west-1 --accept-data-loss"]);
    expect(report).toMatchObject({ recovered: true, manualSteps: 1 });
  });
});

/** Whoever is killed does nothing more: what comes after throws. */
class Killed extends Error {}

describe("a drill that was cut off", () => {
  it.each([
    "before the loss",
    "between word and loss",
    "after the loss",
    "while it recovered",
  ] as const)("%s ends as one that was not", async (moment) => {
    const world = new World();
    const dies = () => {
      throw new Killed();
    };
    const deadPorts: DrillPorts = {
      ...world.ports,
      ...(moment === "between word and loss" && { breakFunction: dies }),
      ...(moment === "after the loss" && { command: dies }),
      ...(moment === "while it recovered" && {
        command: async (args) => {
          await world.ports.command(args);
          return dies();
        },
      }),
    };
    if (moment === "before the loss") {
      await world.records.begin(world.start("function-broken").started, "dev");
      await world.ports.heartbeats.write(before, { number: 1, at: "2026-11-27T09:00:00.000Z" });
    } else {
      await expect(runDrill(world.start("function-broken"), deadPorts)).rejects.toBeInstanceOf(
        Killed,
      );
    }
    await expect(world.run("function-broken")).rejects.toMatchObject({
      code: expect.stringMatching(/DRILL_UNFINISHED|DRILL_NOT_WELL/),
    });
    const report = await world.resume();
    const nothingWasLost = moment !== "after the loss";
    if (nothingWasLost) expect(report).toBeUndefined();
    else expect(report).toMatchObject({ recovered: true, manualSteps: 1 });
    expect(world.heartbeatsLeft()).toBe(0);
    expect(world.broken).toBe(false);
    await expect(world.run("function-broken")).resolves.toMatchObject({ recovered: true });
  });

  it("goes on with a restore that has not ended, though the table is whole again", async () => {
    const world = new World();
    const dead: DrillPorts = {
      ...world.ports,
      command: async () => {
        world.broken = false;
        world.unfinished = true;
        throw new Killed();
      },
    };
    await expect(runDrill(world.start("function-broken"), dead)).rejects.toBeInstanceOf(Killed);
    expect(await world.resume()).toMatchObject({ recovered: true, manualSteps: 1 });
    expect(world.commands).toEqual(["rollback --to 3f9c2a1b7d4e"]);
  });

  it("stays open where it is stopped after the loss, so that somebody goes on", async () => {
    const world = new World();
    world.onCommand = () => {
      world.interruption.abort();
      return 130;
    };
    await expect(world.run("function-broken")).rejects.toMatchObject({ code: "DRILL_INTERRUPTED" });
    expect(world.heartbeatsLeft()).toBe(25);
    const calm = { ...world.ports, interrupted: new AbortController().signal };
    world.onCommand = (args) => world.usual(args);
    const [last] = await world.records.list();
    if (last === undefined) throw new Error("no drill");
    expect(await resumeDrill(last, world.start("function-broken"), calm)).toMatchObject({
      recovered: true,
    });
  });
});

describe("a drill of a whole account", () => {
  const prefix = "drills/product/dev/";

  it("loses everything, its own records too, and has them in the bucket that was made anew", async () => {
    const world = new World();
    world.backup = new Map();
    await world.run("function-broken");
    world.commands.length = 0;
    const report = await world.run("account-empty");
    expect(world.commands).toEqual(["dr rebuild --release 3f9c2a1b7d4e"]);
    expect(report).toMatchObject({
      number: 2,
      recovered: true,
      heartbeats: { acknowledged: 25, recovered: 25 },
      rpo: { seconds: 0.2, met: true },
      rto: { seconds: 60, met: true },
    });
    expect(report.timeline.map(({ what }) => what)).toContain(
      "the loss is complete: everything that Terraform has made in the account is deleted",
    );
    expect(await world.store.keys(prefix)).toEqual(
      [
        ...["failed.json", "report.json", "report.md", "started.json"].map(
          (one) => `000001/${one}`,
        ),
        ...["emptied.json", "failed.json", "report.json", "report.md", "started.json"].map(
          (one) => `000002/${one}`,
        ),
      ].map((one) => `${prefix}${one}`),
    );
    expect(world.aside.objects.size).toBe(0);
    expect(world.heartbeatsLeft()).toBe(0);
  });

  it("is told and kept where nothing came back: its report waits for a bucket", async () => {
    const world = new World();
    world.backup = new Map();
    world.onCommand = () => 1;
    expect(await world.run("account-empty")).toMatchObject({ recovered: false });
    expect(world.store.objects.size).toBe(0);
    expect(await world.records.list()).toMatchObject([
      { number: 1, isEmptied: true, report: { recovered: false } },
    ]);
    world.hasBucket = true;
    await world.kept.bringBack(prefix);
    expect(await world.store.keys(prefix)).toContain(`${prefix}000001/report.json`);
  });

  it("makes a backup first where any table of the service has none", async () => {
    const world = new World();
    const setting = world.start("account-empty");
    const other = { key: "orders", name: "orders-dev", existing: false };
    const foreign = { key: "rates", name: "rates", existing: true };
    const tables = [other, foreign] as unknown as (typeof setting.plan)["tables"];
    const asked: string[] = [];
    await runDrill(
      { ...setting, plan: { ...setting.plan, tables } },
      { ...world.ports, hasBackup: async (name) => asked.push(name) === 1 },
    );
    expect(asked).toEqual([before, "orders-dev"]);
    expect(world.commands[0]).toBe("dr backup now");
  });

  it("loses nothing where something would stay behind, in the way of the rebuild", async () => {
    const world = new World();
    world.stranger = "aws_route53_record";
    await expect(world.run("account-empty")).rejects.toThrow("aws_route53_record");
    expect(world.store.objects.size).toBe(0);
    expect(world.tables.has(before)).toBe(true);
  });

  it.each([
    "while records were copied",
    "in the middle of the loss",
    "after the loss",
    "while it recovered",
    "when it had recovered",
  ] as const)("that was cut off %s ends as one that was not", async (moment) => {
    const world = new World();
    world.backup = new Map();
    const { account, command } = world.ports;
    if (account === null) throw new Error("no account");
    const dies = async () => {
      throw new Killed();
    };
    const dead: DrillPorts = {
      ...world.ports,
      account: {
        ...account,
        ...(moment === "while records were copied" && { keepRecords: dies }),
        ...(moment === "in the middle of the loss" && {
          // Tables first, buckets last.
          lose: async () => {
            for (const [name, items] of world.tables) world.systemBackups.set(name, items);
            world.tables.clear();
            return dies();
          },
        }),
        ...(moment === "when it had recovered" && { returnRecords: dies }),
      },
      ...(moment === "after the loss" && { command: dies }),
      ...(moment === "while it recovered" && {
        command: async (args) => {
          await command(args);
          return dies();
        },
      }),
    };
    await expect(runDrill(world.start("account-empty"), dead)).rejects.toBeInstanceOf(Killed);
    const [last] = await world.records.list();
    if (moment === "when it had recovered") {
      expect(last).toMatchObject({ isEmptied: true, report: { recovered: true } });
      return;
    }
    expect(last).toMatchObject({
      report: null,
      isEmptied: moment.match(/after|recovered/) !== null,
    });
    const report = await world.resume();
    if (moment === "while records were copied") expect(report).toBeUndefined();
    else expect(report).toMatchObject({ recovered: true, manualSteps: 1 });
    expect(world.aside.objects.size).toBe(0);
    expect(world.heartbeatsLeft()).toBe(0);
    expect(await world.run("function-broken")).toMatchObject({ number: 2, recovered: true });
  });
});
