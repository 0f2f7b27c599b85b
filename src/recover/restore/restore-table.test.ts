/** Restores in a world in memory, and what becomes of them where somebody is killed at any of their steps. */
import { describe, expect, it } from "vitest";
import { MemoryDynamo, MemoryTerraform } from "../../../test/recovery-world.ts";
import {
  builtRelease,
  type MemoryEnvironment,
  manifest,
  memoryEnvironment,
  memoryStack,
  verification,
} from "../../../test/release-world.ts";
import type { TableSettings } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import { planService } from "../../plan/index.ts";
import { bringLive, History, requireNoRestore, TableNames } from "../../release/index.ts";
import { type AskedPoint, planRestore, type Restored, restoreTable } from "../index.ts";

const plan = planService(manifest, "dev");
const { name: products } = plan.tables[0] ?? { name: "" };
const built = builtRelease("one");
const consent = { confirmation: null, reason: null, allowDataLoss: false };
const latest: AskedPoint = { kind: "backup", backup: "latest", text: "--backup latest" };

const settings: TableSettings = {
  billing: { mode: "on-demand", readUnits: 100, writeUnits: null },
  tableClass: "STANDARD_INFREQUENT_ACCESS",
  isProtected: true,
  stream: "NEW_IMAGE",
  key: "arn:aws:kms:eu-west-1:536580886816:key/one",
  timeToLiveAttribute: "expires",
  recoveryDays: 20,
  tags: { team: "shop" },
  policy: `{"Resource":"arn:aws:dynamodb:eu-west-1:536580886816:table/${products}"}`,
  contributorInsights: "ACCESSED_AND_THROTTLED_KEYS",
  kinesisStreams: ["arn:aws:kinesis:eu-west-1:536580886816:stream/one"],
};

interface World {
  readonly environment: MemoryEnvironment;
  readonly dynamo: MemoryDynamo;
  readonly terraform: MemoryTerraform;
}

/** A service with a table of two items that are backed up, and one that came later. */
async function ready(isLost: boolean): Promise<World> {
  const environment = memoryEnvironment("dev");
  const { release, documents } = built;
  await environment.releases.keep(release, documents);
  await bringLive(environment, {
    action: "deploy",
    release,
    plan,
    operations: [],
    stack: memoryStack(environment, release),
    planDigest: "",
    consent,
    steps: [],
    onStep: () => {},
    verify: async () => verification(true),
  });
  const dynamo = new MemoryDynamo();
  dynamo.there.set(products, { items: ["a", "b"], settings, restore: null });
  await dynamo.backups.create(products, "lambdakit-1");
  await environment.tableRecords.keep("products", settings, new Date().toISOString());
  dynamo.table(products).items.push("bad");
  if (isLost) dynamo.there.delete(products);
  return { environment, dynamo, terraform: new MemoryTerraform(products) };
}

interface More {
  readonly asked?: AskedPoint;
  readonly passes?: boolean;
  readonly now?: number;
  readonly interrupted?: AbortSignal;
}

async function restore(
  { environment, dynamo, terraform }: World,
  { asked = latest, passes = true, now = Date.now(), interrupted }: More = {},
): Promise<Restored> {
  const planned = await planRestore(environment, dynamo, {
    key: undefined,
    asked,
    now,
  });
  return restoreTable(environment, dynamo, planned, {
    consent,
    openStack: terraform.open(environment, planned.view),
    compare: async ({ isLost }) => (isLost ? { items: 2 } : { missing: 1 }),
    verify: async () => verification(passes),
    interrupted,
    pause: async () => {},
    onStep: () => {},
  });
}

class Killed extends Error {}

/** The same world, as a process sees it that is killed after so many changes. */
function killedAfter(world: World, changes: number): World {
  let left = changes;
  const count = () => {
    if (left <= 0) throw new Killed();
    left -= 1;
  };
  const { environment, dynamo, terraform } = world;
  const { store, traffic } = environment;
  const dying = {
    name: store.name,
    read: store.read.bind(store),
    keys: store.keys.bind(store),
    uploadOnce: store.uploadOnce.bind(store),
    putOnce: async (key: string, text: string) => {
      count();
      return store.putOnce(key, text);
    },
  };
  dynamo.onChange = count;
  terraform.onChange = count;
  return {
    ...world,
    environment: {
      ...environment,
      history: new History(dying, "product", "dev"),
      tables: new TableNames(dying, "product", "dev"),
      traffic: Object.assign(Object.create(traffic), {
        move: async (name: string, state: Parameters<typeof traffic.move>[1]) => {
          count();
          return traffic.move(name, state);
        },
      }),
      // Of a process that is not there any more.
      place: { ...environment.place, pid: 2 ** 30 },
    },
  };
}

function alive({ dynamo, terraform }: World): void {
  dynamo.onChange = () => {};
  terraform.onChange = () => {};
}

/** Kills it at each of its changes in turn, until it comes to its end. */
async function atEachChange(
  prepare: () => Promise<World>,
  look: (world: World) => Promise<void>,
  more: More = {},
): Promise<number> {
  for (let changes = 0; ; changes++) {
    const world = await prepare();
    const end = await restore(killedAfter(world, changes), more).then(
      () => "ended",
      (error) => error,
    );
    alive(world);
    if (end === "ended") return changes;
    expect(end).toBeInstanceOf(Killed);
    await look(world);
  }
}

async function expectSwitched({ environment, dynamo, terraform }: World): Promise<void> {
  const { products: target = "" } = await environment.tables.read();
  expect(target).toMatch(new RegExp(`^${products}-restored-\\d{8}-\\d{6}$`));
  expect([...dynamo.there.keys()]).toEqual([products, target]);
  expect(dynamo.table(target)).toMatchObject({
    items: ["a", "b"],
    settings: { ...settings, policy: settings.policy?.replace(products, target) },
  });
  const old = dynamo.table(products);
  expect(old.items).toEqual(["a", "b", "bad"]);
  expect(old.settings.tags["lambdakit:kept-aside"]).toMatch(`replaced by ${target} operation `);
  const copies = await dynamo.backups.list(products);
  expect(copies.map(({ name }) => name)).toEqual([
    expect.stringMatching(`^${products}-kept-aside-\\d{8}-\\d{6}$`),
    "lambdakit-1",
  ]);
  expect(terraform).toMatchObject({ state: target, published: target });
  const versions = [...environment.traffic.aliases.values()].map(({ version }) => version);
  expect(new Set(versions)).toEqual(new Set(["2"]));
  const [newest] = await environment.history.read();
  expect(newest).toMatchObject({
    started: { action: "restore", release: built.release.id },
    ended: { outcome: "live" },
  });
}

describe("a table that is lost", () => {
  it("comes back under its own name, with all its settings, as they were written down", async () => {
    const world = await ready(true);
    const { steps } = await restore(world);
    expect(world.dynamo.there.get(products)).toMatchObject({ items: ["a", "b"], settings });
    expect([...world.dynamo.there.keys()]).toEqual([products]);
    expect(steps.chosen).toMatchObject({ isLost: true, settingsFrom: "record", target: products });
    expect(await world.environment.tables.read()).toEqual({});
    expect(steps.compared).toMatchObject({ comparison: { items: 2 } });
  });

  it("comes back the same where the command was killed at any of its changes", async () => {
    const changes = await atEachChange(
      () => ready(true),
      async (world) => {
        await restore(world);
        expect(world.dynamo.there.get(products)).toMatchObject({ items: ["a", "b"], settings });
        expect([...world.dynamo.there.keys()]).toEqual([products]);
        expect(await world.dynamo.backups.list(products)).toHaveLength(1);
      },
    );
    // begun, chosen, started, restored, 11 settings, settled, counted, switching, apply, applied, 100 %, plan empty,
    // verified, ended
    expect(changes).toBe(24);
  });

  it("is not restored over what somebody else has put there meanwhile", async () => {
    const world = await ready(true);
    // Killed before the restore was started.
    await restore(killedAfter(world, 2)).catch(() => {});
    alive(world);
    world.dynamo.there.set(products, { items: [], settings, restore: null });
    await expect(restore(world)).rejects.toMatchObject({
      code: "RESTORE_TARGET_TAKEN",
      message: expect.stringMatching(/Done so far, and kept: chosen\.$/),
    });
    expect(world.dynamo.table(products).items).toEqual([]);
  });
});

describe("a table that is damaged", () => {
  it("stays as it is, and the service changes over to one beside it", async () => {
    const world = await ready(false);
    const { steps } = await restore(world);
    await expectSwitched(world);
    expect(steps.compared).toMatchObject({ comparison: { missing: 1 } });
    expect(steps.chosen?.settingsFrom).toBe("table");
  });

  it("is switched once, and nothing is left over, where the command was killed at any of its changes", async () => {
    const changes = await atEachChange(
      () => ready(false),
      async (world) => {
        await restore(world);
        await expectSwitched(world);
      },
    );
    expect(changes).toBeGreaterThan(30);
  });

  it("can be restored once more: the stamp in its name is another", async () => {
    const world = await ready(false);
    await restore(world);
    const { products: first = "" } = await world.environment.tables.read();
    world.dynamo.table(first).items = ["worse"];
    await expect(restore(world)).rejects.toMatchObject({
      code: "RESTORE_NO_BACKUP",
      fix: expect.stringMatching(/^--to /),
    });
    const named: AskedPoint = {
      kind: "backup",
      backup: "lambdakit-1",
      text: "--backup lambdakit-1",
    };
    const later = Date.now() + 60_000;
    const { environment, dynamo, terraform } = world;
    const planned = await planRestore(environment, dynamo, {
      key: "products",
      asked: named,
      now: later,
    });
    expect(planned.choice).toMatchObject({ source: first, isLost: false });
    expect(planned.choice.target).toMatch(new RegExp(`^${products}-restored-\\d{8}-\\d{6}$`));
    expect(planned.choice.target).not.toBe(first);
    expect(terraform.state).toBe(first);
  });
});

describe("a table that AWS Backup has a backup of, which DynamoDB does not know", () => {
  const point = "arn:aws:backup:eu-west-1:1:recovery-point:7d1c";
  const inVault = async (isLost: boolean) => {
    const world = await ready(isLost);
    world.dynamo.points.set(point, {
      arn: point,
      name: "7d1c",
      kind: "aws-backup",
      status: "AVAILABLE",
      at: "2026-11-27T03:00:00.000Z",
      bytes: 1,
      expiresAt: null,
      vault: { name: "vault", region: "eu-west-1", table: products },
      items: ["a", "b"],
    });
    return world;
  };
  const asked: AskedPoint = { kind: "backup", backup: point, text: `--backup ${point}` };

  it("comes back by AWS Backup, as its own role, and by the same steps as from any backup", async () => {
    const world = await inVault(true);
    const { steps } = await restore(world, { asked });
    expect(steps.chosen?.from).toMatchObject({ kind: "backup", arn: point, name: "7d1c" });
    expect(world.dynamo.there.get(products)).toMatchObject({ items: ["a", "b"], settings });
    expect(world.dynamo.jobs).toMatchObject([
      { point, target: products, role: "arn:aws:iam::1:role/backup" },
    ]);
  });

  it("is restored by one job, and left as others are, where the command was killed at any of its changes", async () => {
    const changes = await atEachChange(
      () => inVault(false),
      async (world) => {
        await restore(world, { asked });
        expect(world.dynamo.jobs).toHaveLength(1);
        await expectSwitched(world);
      },
      { asked },
    );
    expect(changes).toBeGreaterThan(30);
  });

  it("says why AWS Backup gave up, and asks it once more with the same command", async () => {
    const world = await inVault(true);
    world.dynamo.nextJob = "failed";
    await expect(restore(world, { asked })).rejects.toMatchObject({
      code: "RESTORE_FAILED",
      message: expect.stringMatching(
        /^AWS Backup has given up to restore products-dev \(job job-1\): no grant\nDone so far, and kept: chosen\.$/,
      ),
      fix: expect.stringContaining("aws backup describe-restore-job --restore-job-id job-1"),
    });
    world.dynamo.nextJob = "done";
    await restore(world, { asked });
    expect(world.dynamo.jobs.map(({ state }) => state)).toEqual(["failed", "done"]);
    expect(world.dynamo.table(products).items).toEqual(["a", "b"]);
  });

  it("is not restored over what somebody else has put there meanwhile", async () => {
    const world = await inVault(true);
    await restore(killedAfter(world, 2), { asked }).catch(() => {});
    alive(world);
    world.dynamo.there.set(products, { items: [], settings, restore: null });
    await expect(restore(world, { asked })).rejects.toMatchObject({ code: "RESTORE_TARGET_TAKEN" });
    expect(world.dynamo.jobs).toEqual([]);
  });
});

describe("a restore that is not done", () => {
  const failing = async () => {
    const world = await ready(false);
    world.dynamo.onChange = (what) => {
      if (what !== "set stream") return;
      throw new LambdakitError("AWS_CREDENTIALS_EXPIRED", {
        message: "The AWS credentials have expired.",
        fix: "aws sso login",
      });
    };
    const error = await restore(world).catch((thrown) => thrown);
    alive(world);
    return { world, error };
  };

  it("says how far it came, and that the same command goes on, where credentials expire half-way", async () => {
    const { world, error } = await failing();
    expect(error).toMatchObject({
      code: "AWS_CREDENTIALS_EXPIRED",
      message:
        "The AWS credentials have expired.\nDone so far, and kept: chosen, kept aside, restored.",
      fix: "aws sso login; then the same goes on from there: lambdakit dr restore --backup latest --table products --env dev",
    });
    await restore(world);
    await expectSwitched(world);
  });

  it("keeps a deploy, another restore and a rollback out, until it is done or given up", async () => {
    const { world } = await failing();
    const { history, environment } = world.environment;
    const [left] = await history.read();
    const refused = {
      code: "RELEASE_UNFINISHED",
      message: expect.stringMatching(
        `^The restore of ${products} in dev, begun at .* is not done\\.$`,
      ),
      fix: "lambdakit dr restore --backup latest --env dev, as it was begun; or give it up: lambdakit unlock 2 --env dev",
    };
    const other: AskedPoint = { kind: "time", to: Date.now(), text: "--to 1m" };
    await expect(restore(world, { asked: other })).rejects.toMatchObject(refused);
    const operations = await history.read();
    expect(() => requireNoRestore(operations, environment, left)).toThrow(LambdakitError);
    if (left === undefined) throw new Error("nothing was begun");
    await history.giveUp(operations, left);
    const after = await history.read();
    expect(() => requireNoRestore(after, environment, after[0])).not.toThrow();
    // The one that was given up has taken the name of its second.
    const later = Date.now() + 60_000;
    expect((await restore(world, { asked: other, now: later })).steps.chosen?.asked).toBe(
      "--to 1m",
    );
  });

  it("has no way but forward once the service is being led to the new table", async () => {
    const world = await ready(false);
    world.terraform.onChange = () => {
      throw new LambdakitError("TERRAFORM_FAILED", { message: "no", fix: "look" });
    };
    await restore(world).catch(() => {});
    alive(world);
    const { history, environment } = world.environment;
    const before = await history.read();
    if (before[0] === undefined) throw new Error("nothing was begun");
    await history.giveUp(before, before[0]);
    const operations = await history.read();
    expect(() => requireNoRestore(operations, environment, operations[0])).toThrow(
      expect.objectContaining({
        message: expect.stringContaining("the service is being led to the restored table"),
        fix: expect.not.stringContaining("unlock"),
      }),
    );
  });

  it("stays open where the service does not do what it promises, and never goes back", async () => {
    const world = await ready(false);
    await expect(restore(world, { passes: false })).rejects.toMatchObject({
      code: "RELEASE_NOT_VERIFIED",
    });
    await restore(world);
    await expectSwitched(world);
  });

  it("stops where somebody interrupts it", async () => {
    const world = await ready(false);
    const interrupted = AbortSignal.abort();
    await expect(restore(world, { interrupted })).rejects.toMatchObject({
      code: "DEPLOY_INTERRUPTED",
      exitCode: 130,
    });
    expect([...world.dynamo.there.keys()]).toEqual([products]);
  });
});

describe("a second restore at the same moment", () => {
  it("is refused, whoever comes second", async () => {
    const world = await ready(false);
    const ends = await Promise.allSettled([restore(world), restore(world)]);
    const refused = ends.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect(refused).toEqual(["RELEASE_BUSY"]);
    await expectSwitched(world);
  });
});
