/** The calls that releases need, made to an emulator; and that what stands for them in tests does the same. */
import { PutMetricDataCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudWatchOf } from "../../test/deployed/cloud-watch.ts";
import { publishVersion } from "../../test/deployed/planted/plant-function.ts";
import { type PlantedService, plantService } from "../../test/deployed/planted/plant-service.ts";
import { tinyFunctions, tinyZip } from "../../test/deployed/planted/tiny-zip.ts";
import { productPlan } from "../../test/product-plan.ts";
import { MemoryStore } from "../../test/release-world.ts";
import { isLacking } from "../../test/terraform.ts";
import { withVariables } from "../../test/variables.ts";
import { findMoto, type Moto, startMoto } from "../emulator/start-moto.ts";
import { digest } from "../system/index.ts";
import { Aliases, Bucket, Signals, takeOnRole, whoCalls } from "./index.ts";

const plan = productPlan("dev");
const { region, accountId, deployment } = plan;
const isSkipped = isLacking(findMoto(), "No release's call to AWS is made");

describe.skipIf(isSkipped)("AWS, for releases", { timeout: 30_000 }, () => {
  let moto: Moto;
  let planted: PlantedService;
  let restore: () => void;

  beforeAll(async () => {
    moto = await startMoto(region, accountId, false);
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
    planted = await plantService(moto, plan, tinyFunctions(plan));
  }, 60_000);

  afterAll(async () => {
    restore?.();
    await moto?.stop();
  });

  describe.each([
    ["a bucket", () => new Bucket(deployment.artifactBucket, region)],
    ["a bucket in memory", () => new MemoryStore()],
  ])("%s", (name, open) => {
    const at = (file: string) => `${name.replaceAll(" ", "-")}/${file}`;

    it("keeps what was written first, whoever else writes at the same moment", async () => {
      const store = open();
      const texts = ["one", "two", "three"];
      const first = await Promise.all(texts.map((text) => store.putOnce(at("key"), text)));
      expect(first.filter(Boolean)).toHaveLength(1);
      const kept = Buffer.from((await store.read(at("key"))) ?? []).toString();
      expect(kept).toBe(texts[first.indexOf(true)]);
      expect(await store.putOnce(at("key"), "later")).toBe(false);
    });

    it("has nothing where nothing was written", async () => {
      expect(await open().read(at("nothing"))).toBeUndefined();
      expect(await open().keys(at("nothing"))).toEqual([]);
    });

    it("lists keys in their order, of all its pages", async () => {
      const store = open();
      const keys = Array.from({ length: 12 }, (_, n) => at(`list/${String(n).padStart(6, "0")}`));
      await Promise.all([...keys].reverse().map((key) => store.putOnce(key, "x")));
      expect(await store.keys(at("list/"))).toEqual(keys);
    });
  });

  it("leads an alias to a version, and a share of its callers to another", async () => {
    const aliases = new Aliases(deployment.alias, region);
    const [{ key, name } = { key: "", name: "" }] = plan.functions;
    expect(await aliases.read(name)).toEqual({ version: "1", canary: null });
    const zip = tinyZip("'two'");
    const version = await publishVersion(planted.account, plan, key, { zip });
    for (const state of [
      { version: "1", canary: { version, share: 0.1 } },
      { version, canary: null },
      { version: "1", canary: null },
    ]) {
      await aliases.move(name, state);
      expect(await aliases.read(name)).toEqual(state);
    }
    expect(await aliases.sha256Of(name, version)).toBe(digest(zip));
    expect(await aliases.sha256Of(name, "99")).toBeUndefined();
    expect(await aliases.read("nobodys")).toBeUndefined();
    await expect(aliases.move(name, { version: "99", canary: null })).rejects.toMatchObject({
      code: "AWS_FAILED",
      message: expect.stringContaining(`To move ${name}:live to 99: `),
    });
  });

  it("tells which alarms fire, and how often a version failed", async () => {
    const signals = new Signals(region);
    const names = plan.alarms.map(({ name }) => name);
    const [alarm = ""] = names;
    expect(await signals.firing(names)).toEqual([]);
    const cloudWatch = cloudWatchOf(planted.account);
    await cloudWatch.send(
      new SetAlarmStateCommand({ AlarmName: alarm, StateValue: "ALARM", StateReason: "too many" }),
    );
    // More than one call takes.
    const many = Array.from({ length: 250 }, (_, n) => `nobodys-${n}`);
    expect(await signals.firing([...many, ...names])).toEqual([
      { name: alarm, reason: "too many" },
    ]);

    const functionName = plan.functions[0]?.name ?? "";
    const figure = (MetricName: string, version: string, Value: number) => ({
      MetricName,
      Value,
      Dimensions: Object.entries({
        FunctionName: functionName,
        Resource: `${functionName}:live`,
        ExecutedVersion: version,
      }).map(([Name, Value]) => ({ Name, Value })),
    });
    await cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: "AWS/Lambda",
        MetricData: [
          figure("Invocations", "2", 10),
          figure("Errors", "2", 2),
          figure("Invocations", "1", 90),
          figure("Errors", "1", 9),
        ],
      }),
    );
    const since = new Date(Date.now() - 60_000);
    expect(await signals.figuresOf([{ functionName, version: "2" }], "live", since)).toEqual([
      { functionName, invocations: 10, errors: 2 },
    ]);
    expect(await signals.figuresOf([], "live", since)).toEqual([]);
  });

  it("gives credentials of a role, which are of its account", async () => {
    const role = `arn:aws:iam::${accountId}:role/bbws-releases-product-dev`;
    const { accessKeyId, secretAccessKey, sessionToken } = await takeOnRole(role, region, "test");
    const restore = withVariables({
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    });
    try {
      expect(await whoCalls(region)).toEqual({
        accountId,
        arn: `arn:aws:sts::${accountId}:assumed-role/bbws-releases-product-dev/test`,
      });
    } finally {
      restore();
    }
  });
});
