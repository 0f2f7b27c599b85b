/** Callers who are led to another region and back: what is looked at before, and what each refusal leaves as it was. */
import { beforeEach, describe, expect, it } from "vitest";
import { RegionWorld } from "../../../test/region-world.ts";
import { originOf, standingOf } from "../../release/index.ts";

const home = "https://af-south-1.example.com/v1";
const away = "https://eu-west-1.example.com/v1";
const name = "https://products.example.com";

let world: RegionWorld;
let release: string;

beforeEach(async () => {
  world = new RegionWorld();
  release = await world.release("one");
  await world.bringStandby();
  world.verified.length = 0;
});

const last = async () => (await world.standby.environment.history.read())[0];

describe("a failover", () => {
  it("verifies the other region, leads callers there, waits for resolvers and verifies through the name", async () => {
    const moved = await world.failover();
    expect(moved).toMatchObject({
      outcome: "moved",
      from: "af-south-1",
      to: "eu-west-1",
      release,
      unreachable: null,
      losses: [],
      verification: { passed: true, url: name },
    });
    expect(world.name.is).toBe("held-down");
    expect([world.verified, world.waited]).toEqual([[away, name], [150]]);
    expect(await last()).toMatchObject({
      started: { action: "failover", release, reason: "a drill" },
      moved: {
        at: "2026-11-27T09:15:00.000Z",
        arrivesAt: "2026-11-27T09:17:30.000Z",
        healthCheck: "check-1",
      },
      ended: { outcome: "moved" },
    });
  });

  it("is written down where the service stands by, and leaves no word in the region that is left", async () => {
    const before = [...world.primary.environment.store.objects.keys()];
    await world.failover();
    expect([...world.primary.environment.store.objects.keys()]).toEqual(before);
    expect(standingOf(await world.standby.environment.history.read(), release).is).toBe("verified");
  });

  it("is held back by a restore in the primary region that is not done, unless somebody says that data may be lost", async () => {
    const { history } = world.primary.environment;
    await history.begin(await history.read(), {
      action: "restore",
      release,
      previous: null,
      before: {},
      planDigest: null,
      confirmation: null,
      reason: null,
      continues: null,
      ...originOf(world.primary.environment),
    });
    await expect(world.failover()).rejects.toMatchObject({
      code: "RELEASE_UNFINISHED",
      message: expect.stringContaining("The restore of a table in prod"),
    });
    expect(world.name.is).toBe("checking");
    expect((await world.failover({ acceptsDataLoss: true })).outcome).toBe("moved");
    // Going back is never urgent, and where the restore was begun it has to end first.
    await expect(world.failback()).rejects.toMatchObject({ code: "RELEASE_UNFINISHED" });
    expect(world.name.is).toBe("held-down");
  });

  it("done twice is done once", async () => {
    await world.failover();
    const before = await world.standby.environment.history.read();
    expect(await world.failover()).toMatchObject({ outcome: "already-there", verification: null });
    expect(await world.standby.environment.history.read()).toEqual(before);
  });

  it("asks a lost region nothing that it could not do without", async () => {
    world.primary.isLost = true;
    world.standby.behind = [world.pointAgo(3, 900)];
    const moved = await world.failover({ acceptsDataLoss: true });
    expect(moved).toMatchObject({
      outcome: "moved",
      unreachable: "AWS cannot be reached in af-south-1.",
      losses: [
        "products-prod: how far eu-west-1 is behind af-south-1 is not known: af-south-1 does not answer; the last that is known is 0.9 s, at 2026-11-27T09:12:00.000Z",
      ],
    });
    expect((await last())?.moved?.losses).toEqual(moved.losses);
  });

  it("from a lost region may lose data, and is refused until somebody says so", async () => {
    world.primary.isLost = true;
    await expect(world.failover()).rejects.toMatchObject({
      code: "RECOVERY_WOULD_LOSE_DATA",
      message: expect.stringMatching(
        /nothing is known of before\nWhat did not arrive is missing until af-south-1 is back; then it arrives, and the last writer wins\.$/,
      ),
      fix: "lambdakit dr failover --env prod --to eu-west-1 --accept-data-loss, or wait and run the command again",
    });
    expect([world.name.is, world.verified]).toEqual(["checking", []]);
  });

  it("is refused where the replica is further behind than may be lost", async () => {
    world.primary.behind = [world.pointAgo(2, 3_601_000)];
    await expect(world.failover()).rejects.toMatchObject({
      code: "RECOVERY_WOULD_LOSE_DATA",
      message: expect.stringContaining("eu-west-1 is 3601.0 s behind af-south-1"),
    });
    world.primary.behind = [world.pointAgo(2, 3_600_000)];
    expect((await world.failover()).outcome).toBe("moved");
  });

  it("is refused where the other region has another release than callers have", async () => {
    const second = await world.release("two");
    await expect(world.failover()).rejects.toMatchObject({
      code: "RECOVERY_OTHER_RELEASE",
      message: `eu-west-1 has the release ${release}. af-south-1 has ${second}. Callers were not led there.`,
      fix: "lambdakit dr standby --env prod",
    });
    await world.bringStandby();
    expect(await world.failover()).toMatchObject({ outcome: "moved", release: second });
  });

  it("asks no more of a region whose bucket is there, and empty", async () => {
    world.primary.environment.store.objects.clear();
    expect(await world.failover()).toMatchObject({ outcome: "moved", release });
  });

  it("is refused where nothing stands by", async () => {
    const empty = new RegionWorld();
    await empty.release("one");
    await expect(empty.failover()).rejects.toMatchObject({
      code: "RECOVERY_OTHER_RELEASE",
      message: expect.stringMatching(/^eu-west-1 has no release\. /),
    });
  });

  it("is refused where somebody has changed what stands by", async () => {
    const { traffic } = world.standby.environment;
    traffic.publish("bbws-product-list-prod", "f".repeat(64));
    await traffic.move("bbws-product-list-prod", { version: "2", canary: null });
    await expect(world.failover()).rejects.toMatchObject({
      code: "RELEASE_DIGEST_DIFFERS",
      message: expect.stringContaining("bbws-product-list-prod:2 is ffffffffffff"),
    });
  });

  it.each([
    ["is not there", undefined, "products-prod is not there"],
    ["is being made", { status: "CREATING", bytes: 0, replicas: {} }, "products-prod is CREATING"],
    [
      "stands alone",
      { status: "ACTIVE", bytes: 0, replicas: {} },
      "products-prod has no replica in af-south-1",
    ],
  ])("is refused where the table %s", async (_, table, fault) => {
    world.standby.table = table;
    await expect(world.failover({ acceptsDataLoss: true })).rejects.toMatchObject({
      code: "RECOVERY_NOT_READY",
      message: expect.stringContaining(fault),
    });
    expect(world.name.is).toBe("checking");
  });

  it("does not mind what DynamoDB says of the replica that is lost", async () => {
    world.standby.table = {
      status: "ACTIVE",
      bytes: 0,
      replicas: { "af-south-1": "REGION_DISABLED" },
    };
    expect((await world.failover()).outcome).toBe("moved");
  });

  it("is refused where the other region does not do what it promises, or nobody answers", async () => {
    world.broken.add(away);
    await expect(world.failover()).rejects.toMatchObject({
      code: "RECOVERY_NOT_VERIFIED",
      message: expect.stringMatching(/ at https:\/\/eu-west-1.* Callers were not led there\.\n/),
    });
    expect(world.name.is).toBe("checking");
    expect((await last())?.ended).toMatchObject({ outcome: "failed" });
    world.broken.clear();
    expect(await world.failover()).toMatchObject({ outcome: "moved" });
    expect((await last())?.started.continues).toBe(2);
  });

  it("says where it answers and leads nobody there, where no name is ours", async () => {
    const moved = await world.failover({ name: null });
    expect(moved).toMatchObject({ outcome: "no-domain", url: away });
    expect([world.name.is, world.verified, world.waited]).toEqual(["checking", [away], []]);
    expect((await last())?.ended?.outcome).toBe("not-moved");
  });

  it("is refused where the name could not be led elsewhere", async () => {
    const switched = Object.assign(Object.create(world.name), { read: async () => undefined });
    await expect(world.failover({ name: { url: name, switch: switched } })).rejects.toMatchObject({
      code: "RECOVERY_NO_RECORD",
    });
  });

  it("needs the words that the environment asks for, and shows without them what it knows", async () => {
    let known = 0;
    const onLooked = () => {
      known += 1;
    };
    const consent = { confirmation: null, reason: null, allowDataLoss: false };
    await expect(world.failover({ consent, onLooked })).rejects.toMatchObject({
      code: "DEPLOY_NOT_CONFIRMED",
      fix: 'lambdakit dr failover --env prod --to eu-west-1 --confirm deploy-to-production --reason "..."',
    });
    expect(await world.failover({ consent, onLooked, dryRun: true })).toMatchObject({
      outcome: "planned",
    });
    expect([known, world.name.is, world.verified]).toEqual([2, "checking", []]);
  });

  it("that does not answer through the name says that callers were led there, and carries on from there", async () => {
    world.broken.add(name);
    await expect(world.failover()).rejects.toMatchObject({
      code: "RECOVERY_NOT_VERIFIED",
      message: expect.stringContaining("https://products.example.com leads to eu-west-1, and"),
      fix: expect.stringContaining("lambdakit dr failback"),
    });
    expect(world.name.is).toBe("held-down");
    world.broken.clear();
    world.now += 60_000;
    expect((await world.failover()).outcome).toBe("moved");
    // The moment when the name was moved counts, and not the one when the command was run again.
    expect(world.waited).toEqual([150, -60]);
  });

  it("meanwhile keeps a second one out", async () => {
    let second: unknown;
    await world.failover({
      wait: async () => {
        second = await world.failover().catch((error) => error);
      },
    });
    expect(second).toMatchObject({
      code: "RELEASE_BUSY",
      fix: expect.stringContaining("lambdakit unlock 2 --env prod --standby"),
    });
  });

  it("and another one at the same moment: one of them leads, and the other is refused", async () => {
    const both = await Promise.allSettled([world.failover(), world.failover()]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = both.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(refused.reason.code).toBe("RELEASE_BUSY");
  });
});

describe("a failback", () => {
  beforeEach(async () => {
    await world.failover();
    world.verified.length = 0;
    world.waited.length = 0;
  });

  it("is the same the other way round", async () => {
    world.standby.behind = [world.pointAgo(1, 900)];
    expect(await world.failback()).toMatchObject({
      outcome: "moved",
      from: "eu-west-1",
      to: "af-south-1",
      release,
      replication: { "products-prod": { is: "known", behindSeconds: 0.9 } },
    });
    expect(world.name.is).toBe("checking");
    expect([world.verified, world.waited]).toEqual([[home, name], [150]]);
    expect(await world.failback()).toMatchObject({ outcome: "already-there" });
  });

  it("waits until all that was written meanwhile is back, whatever may be lost", async () => {
    world.standby.behind = [world.pointAgo(1, 10_100)];
    await expect(world.failback({ acceptsDataLoss: true })).rejects.toMatchObject({
      code: "RECOVERY_WOULD_LOSE_DATA",
      message: expect.stringContaining("af-south-1 is 10.1 s behind eu-west-1"),
      fix: "wait, and run the command again",
    });
    expect(world.name.is).toBe("held-down");
  });

  it("is refused while the primary region is lost, or its replica is not back", async () => {
    world.primary.isLost = true;
    await expect(world.failback()).rejects.toMatchObject({ code: "AWS_UNREACHABLE" });
    world.primary.isLost = false;
    world.primary.table = { status: "ACTIVE", bytes: 0, replicas: { "eu-west-1": "UPDATING" } };
    await expect(world.failback()).rejects.toMatchObject({
      code: "RECOVERY_NOT_READY",
      message: expect.stringContaining("the replica of products-prod in eu-west-1 is UPDATING"),
    });
  });

  it("is refused where the primary region got another release meanwhile", async () => {
    await world.release("two");
    await expect(world.failback()).rejects.toMatchObject({
      code: "RECOVERY_OTHER_RELEASE",
      fix: `lambdakit dr standby --env prod, or lambdakit rollback --env prod --to ${release}`,
    });
  });

  it("leads nobody to a primary region that does not do what it promises", async () => {
    world.broken.add(home);
    await expect(world.failback()).rejects.toMatchObject({ code: "RECOVERY_NOT_VERIFIED" });
    expect(world.name.is).toBe("held-down");
  });
});
