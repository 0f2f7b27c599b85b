/** status, metrics and alarms, in three accounts of an emulator with figures in them. */
import { rm } from "node:fs/promises";
import path from "node:path";
import { PutMetricDataCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { cloudWatchOf } from "../../../test/deployed/cloud-watch.ts";
import { moveAlias } from "../../../test/deployed/planted/move-alias.ts";
import { publishVersion } from "../../../test/deployed/planted/plant-function.ts";
import { plantRelease } from "../../../test/deployed/planted/plant-release.ts";
import { plantRestore } from "../../../test/deployed/planted/plant-restore.ts";
import { type PlantedService, plantService } from "../../../test/deployed/planted/plant-service.ts";
import { profilesOf } from "../../../test/deployed/planted/profiles.ts";
import { tinyFunctions, tinyZip } from "../../../test/deployed/planted/tiny-zip.ts";
import { fakeTerraform } from "../../../test/fake-terraform.ts";
import { type KillingProxy, startKillingProxy } from "../../../test/killing-proxy.ts";
import { productCopy } from "../../../test/product-copy.ts";
import { productPlan } from "../../../test/product-plan.ts";
import { lambdakit, type Situation } from "../../../test/recording-terminal.ts";
import { isLacking } from "../../../test/terraform.ts";
import { withVariables } from "../../../test/variables.ts";
import { startPercentileProxy } from "../../emulator/figures/percentile-proxy.ts";
import { findMoto, type Moto, startMoto } from "../../emulator/start-moto.ts";
import type { EnvironmentName, ServicePlan } from "../../plan/index.ts";

const isSkipped = isLacking(findMoto(), "Nothing that is deployed is looked at");
const names = ["dev", "sit", "prod"] as const;
const firing = "bbws-product-list-errors-sit";

describe.skipIf(isSkipped)("what is deployed in three accounts", { timeout: 120_000 }, () => {
  let moto: Moto;
  let percentiles: Awaited<ReturnType<typeof startPercentileProxy>>;
  let proxy: KillingProxy;
  let directory: string;
  let release = "";
  const planted = new Map<EnvironmentName, PlantedService>();
  const endings: (() => unknown)[] = [];

  beforeAll(async () => {
    directory = await productCopy();
    moto = await startMoto(productPlan("dev").region, undefined, false);
    percentiles = await startPercentileProxy(moto.url);
    proxy = await startKillingProxy(percentiles.url);
    for (const name of names) {
      const plan = productPlan(name);
      const functions = tinyFunctions(plan);
      const service = await plantService(moto, plan, functions);
      planted.set(name, service);
      release = (await plantRelease(service, functions)).id;
    }
    await putFigures(inAccount("dev"));
    await putFigures(inAccount("sit"));
    const cloudWatch = cloudWatchOf(inAccount("sit").account);
    await cloudWatch.send(
      new SetAlarmStateCommand({
        AlarmName: firing,
        StateValue: "ALARM",
        StateReason: "Threshold Crossed: 1 datapoint [12.5] was greater than the threshold (1.0).",
        StateReasonData: JSON.stringify({ version: "1.0", recentDatapoints: [12.5], threshold: 1 }),
      }),
    );
    cloudWatch.destroy();
    const accounts = names.map((name) => [`the-${name}`, inAccount(name).account] as const);
    const profiles = await profilesOf(Object.fromEntries(accounts));
    endings.push(
      profiles.remove,
      withVariables({
        ...moto.env,
        ...profiles.variables,
        AWS_ENDPOINT_URL: proxy.url,
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_SESSION_TOKEN: undefined,
        AWS_PROFILE: undefined,
        AWS_EC2_METADATA_DISABLED: "true",
        LAMBDAKIT_PROFILE_DEV: "the-dev",
        LAMBDAKIT_PROFILE_SIT: "the-sit",
        LAMBDAKIT_PROFILE_PROD: "the-prod",
      }),
    );
  }, 120_000);

  afterAll(async () => {
    for (const end of endings.reverse()) await end();
    await proxy?.stop();
    percentiles?.stop();
    await moto?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const nextOf = (call: string) => {
    return { call, nth: proxy.calls.filter((one) => one === call).length + 1 };
  };
  const inAccount = (name: EnvironmentName) => planted.get(name) as PlantedService;
  const run = (args: readonly string[], situation?: Situation) =>
    lambdakit([...args, "--service", directory], situation);
  const told = async (...args: string[]) => {
    const { exitCode, stdout } = await run([...args, "--json"]);
    return { exitCode, document: JSON.parse(stdout) };
  };

  describe("lambdakit status", () => {
    it("says of an environment what is live, what callers met, and that nothing is wrong", async () => {
      const { exitCode, stdout, stderr } = await run(["status", "--env", "dev"]);
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(withoutTimes(stdout).replaceAll(release, "RELEASE")).toBe(`\
product in dev: healthy
536580886816 in eu-west-1, TIME UTC, figures of the last 1 h
release  RELEASE of e52228c, not verified
last     deploy by alice on laptop-7, 3 h ago: live
api      200 requests, 1 answered 5xx, p99 90 ms
alarms   23 ok
table    products-dev: none throttled, restorable to AGE ago (RPO 60 min)

function    version  over time      calls  errors    p50    p99  throttled  cold
list        1        LINE    200   0.5 %  40 ms  80 ms          0     3
get         1        LINE   none       -      -      -          -     -
create      1        LINE   none       -      -      -          -     -
update      1        LINE   none       -      -      -          -     -
delete      1        LINE   none       -      -      -          -     -
authorizer  1        LINE   none       -      -      -          -     -
`);
    });

    it("asks for all of it in few calls, of which two are to CloudWatch", async () => {
      const before = proxy.calls.length;
      await run(["status", "--env", "dev"]);
      const calls = proxy.calls.slice(before).map((call) => call.split(" ").slice(0, 2).join(" "));
      const counted = Object.fromEntries(
        [...new Set(calls)]
          .sort()
          .map((name) => [name, calls.filter((one) => one === name).length]),
      );
      expect(counted).toEqual({
        "dynamodb DescribeContinuousBackups": 1,
        "dynamodb DescribeTable": 1,
        "dynamodb DescribeTimeToLive": 1,
        "dynamodb ListBackups": 1,
        "lambda GetAlias": 6,
        "lambda GetFunctionConfiguration": 6,
        "monitoring DescribeAlarms": 1,
        "monitoring GetMetricData": 1,
        "s3 GetObject": 5,
        "s3 ListObjectsV2": 2,
        "sts GetCallerIdentity": 1,
      });
    });

    it("says what is wrong, and what to type next, and ends with 2", async () => {
      const { exitCode, stdout } = await run(["status", "--env", "sit"]);
      expect(exitCode).toBe(2);
      expect(stdout).toContain("product in sit: wrong, 1 finding\n");
      expect(withoutTimes(stdout)).toContain(`
! alarm-firing: ${firing}
  fires since TIME: 12.5 %; fires above 1 %
  lambdakit alarms show ${firing} --env sit
`);
    });

    it("shows all environments beside each other, each with its own credentials", async () => {
      const { exitCode, stdout } = await run(["status", "--env", "all"]);
      expect(exitCode).toBe(2);
      expect(stdout.split("\n").slice(0, 3).map(spaced)).toEqual([
        "product dev sit prod",
        "state healthy wrong, 1 finding healthy",
        `release ${release} ${release} ${release}`,
      ]);
      expect(stdout).toContain("\nlist        200, 0.5 %, 80 ms  200, 0.5 %, 80 ms  none");
      expect(stdout).toContain(`\n! sit alarm-firing: ${firing}\n`);
    });

    it("shows an environment that it cannot read beside the others, and why", async () => {
      const args = ["status", "--env", "all", "--profile", "dev=the-dev,sit=the-dev,prod=nobody"];
      const { exitCode, stdout } = await run(args);
      expect(exitCode).toBe(77);
      expect(spaced(stdout.split("\n")[1] ?? "")).toBe("state healthy unknown unknown");
      expect(stdout).toMatch(/\n\? sit unknown\n {2}sit is the account 815856636111/);
      expect(stdout).toMatch(/\n\? prod unknown\n {2}There are no AWS credentials\./);
      expect(spaced(stdout)).toContain(
        "for prod alone: --profile prod=NAME, or LAMBDAKIT_PROFILE_PROD",
      );
      const { document } = await told(...args);
      expect(document.environments[1]).toMatchObject({
        environment: "sit",
        state: "unknown",
        release: null,
        findings: [],
        unread: [{ part: "environment", code: "AWS_WRONG_ACCOUNT", exitCode: 77 }],
      });
    });

    it("is one error, and no status, where the only environment cannot be read", async () => {
      const { exitCode, stderr } = await run(["status", "--profile", "the-sit"]);
      expect(exitCode).toBe(77);
      expect(stderr).toContain("error AWS_WRONG_ACCOUNT");
    });

    it("shows the rest where one part may not be read, and ends as that does", async () => {
      const arranged = proxy.arrange(nextOf("monitoring DescribeAlarms"), {
        fail: { status: 403, code: "AccessDenied" },
      });
      const { exitCode, stdout } = await run(["status", "--env", "dev"]);
      await arranged.happened;
      expect(exitCode).toBe(77);
      expect(stdout).toContain("product in dev: unknown\n");
      expect(stdout).toContain("\nalarms   unknown\n");
      expect(stdout).toContain(
        "\n? alarms unknown\n  These credentials are not allowed to do that.\n",
      );
    });

    it("notices what somebody has done by hand", async () => {
      const { account, plan } = inAccount("prod");
      const version = await publishVersion(account, plan, "get", { zip: tinyZip("{}") });
      await moveAlias(inAccount("prod"), "get", version, { "1": 0.25 });
      const TableName = plan.tables[0]?.name;
      await account.table("UpdateTable", { TableName, DeletionProtectionEnabled: false });
      const { exitCode, document } = await told("status", "--env", "prod");
      expect(exitCode).toBe(2);
      const [status] = document.environments;
      expect(status.findings.map((one: { id: string }) => one.id)).toEqual([
        "alias-moved",
        "canary-left",
        "table-unprotected",
      ]);
      expect(status.functions[1]).toMatchObject({
        key: "get",
        version,
        canary: { version: "1", percent: 25 },
      });
      await moveAlias(inAccount("prod"), "get", "1");
      await account.table("UpdateTable", { TableName, DeletionProtectionEnabled: true });
    });

    it("asks Terraform what it would change, where that is wanted, and has no opinion of its own", async () => {
      const resource = { addr: "aws_iam_role.a", resource_type: "aws_iam_role" };
      const terraform = await fakeTerraform({
        version: { out: [{ terraform_version: "1.11.4" }] },
        plan: { out: [{ type: "planned_change", change: { action: "create", resource } }] },
      });
      const PATH = [path.dirname(terraform.program), process.env.PATH].join(path.delimiter);
      onTestFinished(withVariables({ PATH }));
      const { exitCode, stdout, stderr } = await run(["status", "--env", "dev", "--drift"]);
      expect(exitCode).toBe(2);
      expect(stdout).toContain(
        "\n! stack-differs: aws_iam_role.a\n  Terraform would create it\n  lambdakit plan --env dev\n",
      );
      expect(stderr).toContain("The modules are other ones than the release was made with");
      expect((await terraform.calls()).map(([command]) => command)).toContain("plan");
    });

    it.each([20, 40, 80, 120])(
      "fits into %i columns, but for commands that are to be copied",
      async (columns) => {
        for (const env of ["sit", "all"]) {
          const { stdout } = await run(["status", "--env", env], { columns });
          const long = stdout.split("\n").filter((line) => line.length > columns);
          // What is copied or followed stays whole.
          expect(long.filter((line) => !/^( {2,3}lambdakit |https:)/.test(line))).toEqual([]);
        }
      },
    );

    it("needs no more than ASCII where the terminal has no more", async () => {
      const { stdout } = await run(["status", "--env", "dev"], { unicode: false });
      expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
    });

    it("looks again and again, and gets over an AWS that does not answer in between", async () => {
      const interruption = new AbortController();
      const shown: string[] = [];
      const { exitCode } = await run(["status", "--env", "dev", "--watch", "1"], {
        interrupted: interruption.signal,
        isScreen: true,
        onOut(text) {
          shown.push(text);
          if (shown.length === 1) {
            proxy.arrange(nextOf("sts GetCallerIdentity"), {
              fail: { status: 403, code: "AccessDenied" },
            });
          }
          if (shown.length === 3) interruption.abort();
        },
      });
      expect(exitCode).toBe(130);
      expect(shown.map((text) => /product in dev: (\w+)/.exec(text)?.[1])).toEqual([
        "healthy",
        "unknown",
        "healthy",
      ]);
      expect(shown[0]?.startsWith("\u001b[2J\u001b[H")).toBe(true);
      expect(shown[1]?.startsWith("\u001b[H")).toBe(true);
      expect(shown[1]).toContain("every 1 s; Ctrl-C ends it");
    });

    it("is a line of JSON for each look, and a block of text where there is no screen", async () => {
      for (const [more, form] of [
        [["--json"], /^\{"service":"product","environments":\[.*\]\}$/],
        [[], /^\n?product in dev: healthy\n/],
      ] as const) {
        const interruption = new AbortController();
        const shown: string[] = [];
        await run(["status", "--env", "dev", "--watch", "1", ...more], {
          interrupted: interruption.signal,
          onOut(text) {
            if (shown.push(text) === 2) interruption.abort();
          },
        });
        for (const text of shown) expect(text).toMatch(form);
      }
    });

    it.each([
      [["--since", "soon"], "--since", "write --since 1h"],
      [["--since", "30s"], "--since", "write --since 1h"],
      [["--since", "500d"], "--since", "write --since 1h"],
      [["--watch", "0"], "--watch", "write --watch 30"],
      [["--env", "all", "--drift"], "--drift", "leave out --env all, or --drift"],
      [["--watch", "--drift"], "--drift", "leave out --watch, or --drift"],
      [
        ["--env", "all", "--profile", "one=two"],
        "--profile",
        "write --profile dev=NAME,sit=NAME,prod=NAME",
      ],
      [["--env", "prd"], "--env", "write --env prod"],
    ])("refuses %j", async (args, at, fix) => {
      const { exitCode, stdout } = await run(["status", ...args, "--json"]);
      expect(exitCode).toBe(64);
      expect(JSON.parse(stdout).error).toMatchObject({ code: "CLI_BAD_VALUE", at, fix });
    });
  });

  describe("lambdakit metrics", () => {
    it("shows a line for each figure of a function", async () => {
      const { exitCode, stdout } = await run(["metrics", "list", "--since", "1h"]);
      expect(exitCode).toBe(0);
      const rows = stdout
        .trimEnd()
        .split("\n")
        .slice(2)
        .map((line) => spaced(line).replace(/[·▁-█]+/, "LINE"));
      expect(rows).toEqual([
        "list Invocations LINE 100 200",
        "list Errors LINE 0 1",
        "list Throttles LINE 0 0",
        "list Duration p99 LINE 80 ms 80 ms",
        "list ConcurrentExecutions Maximum LINE 2 4",
        "list ColdStart LINE 3 3",
      ]);
    });

    it("gives a program every value, and null where nothing was reported", async () => {
      const { document } = await told(
        "metrics",
        "list",
        "--metric",
        "errors",
        "--since",
        "1h",
        "--period",
        "300",
      );
      expect(document).toMatchObject({
        service: "product",
        environment: "dev",
        window: { periodSeconds: 300 },
        figures: [
          {
            subject: "list",
            namespace: "AWS/Lambda",
            metric: "Errors",
            statistic: "Sum",
            unit: "count",
          },
        ],
      });
      const { values } = document.figures[0];
      expect(values.filter((value: unknown) => value !== null)).toEqual([1, 0]);
      expect(values.length).toBeGreaterThanOrEqual(12);
    });

    it("says that nothing was reported, and shows no 0", async () => {
      const { exitCode, stdout } = await run(["metrics", "--by", "route", "--metric", "Conflicts"]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain("\nNothing was reported in that time.\n");
      expect(stdout).toMatch(/\nGET \/v1.0\/products +Conflicts +·+ +- +-\n/);
    });

    it.each([20, 40, 80])("fits into %i columns", async (columns) => {
      const { stdout } = await run(["metrics"], { columns });
      expect(stdout.split("\n").filter((line) => line.length > columns)).toEqual([]);
    });

    it.each([
      [["lst"], 64, "write list"],
      [["--metric", "Invocatons"], 64, "write --metric Invocations"],
      [["--since", "yesterday"], 64, "write --since 3h"],
      [["--since", "456d"], 64, "write --since 455d, or less"],
      [["--since", "1h", "--until", "2h"], 64, "write an earlier --since, such as --since 3h"],
      [["--period", "90"], 64, "write --period 60"],
      [["--since", "20d", "--period", "60"], 64, "write --period 1200"],
      [["--since", "7d", "--period", "60"], 64, "write --period 420"],
      [["--statistic", "median"], 64, "write --statistic p99"],
    ])("refuses %j", async (args, exit, fix) => {
      const { exitCode, stdout } = await run(["metrics", ...args, "--json"]);
      expect([exitCode, JSON.parse(stdout).error.fix]).toEqual([exit, fix]);
    });
  });

  describe("lambdakit alarms", () => {
    it("lists those that fire first, with their figures, and ends with 2", async () => {
      const { exitCode, stdout, stderr } = await run(["alarms", "--env", "sit"]);
      expect([exitCode, stderr]).toEqual([2, `Next: lambdakit alarms show ${firing} --env sit\n`]);
      const lines = withoutTimes(stdout).split("\n");
      expect(lines.slice(0, 6)).toEqual([
        "sit: 23 alarms, 1 firing; times in UTC",
        "unknown  bbws-product-service-sit page",
        "         there can be no alarm over others here",
        `FIRES    ${firing} ticket since TIME`,
        "         12.5 %; fires above 1 %",
        "ok       bbws-product-list-duration-sit ticket since TIME",
      ]);
    });

    it("ends with 0 where none fires, also of one that is named", async () => {
      expect((await run(["alarms", "--env", "dev"])).exitCode).toBe(0);
      const { exitCode, stdout } = await run(["alarms", "get-errors", "--env", "sit"]);
      expect([exitCode, stdout.split("\n").length]).toEqual([0, 3]);
    });

    it("shows one whole, also where its history cannot be read", async () => {
      const { exitCode, stdout } = await run(["alarms", "show", "list-errors", "--env", "sit"]);
      expect(exitCode).toBe(2);
      const [alarm, section = ""] = withoutTimes(stdout).split("\nA function fails.\n");
      expect(alarm).toBe(`\
${firing}
bbws-product-list-sit fails: over 1 % of its invocations, and 5 at least.
Runbook:
https://github.com/BigBeardWebSolutions/2_bbws_product_lambda/blob/main/services/product/runbooks/alarms.md#function-errors

state     FIRES since TIME UTC
why       12.5 %; fires above 1 %
severity  ticket
of        bbws-product-list-sit
looks at  errors = Sum of AWS/Lambda Errors (FunctionName
          bbws-product-list-sit); invocations = Sum of AWS/Lambda Invocations
          (FunctionName bbws-product-list-sit)
computes  IF(errors >= 5, 100 * errors / invocations, 0)
fires     above 1 %, from 5 on, in 1 of 1 period of 15 min
no data   counts as good
told      somebody is
from      alarms.functionErrors in service.ts

changes of its state
  could not be read
`);
      expect(section).toMatch(/^you see {2}In 15 minutes over 1 %/);
      expect(section).toContain("\n   lambdakit logs --level error --since 15m --env sit\n");
      expect(section).toMatch(/\nget help {2}Where callers see it, too/);
    });

    it("explains the one over those that wake somebody, by the runbook; a ticket is none of it", async () => {
      const { exitCode, stdout } = await run(["alarms", "show", "service", "--env", "sit"]);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^bbws-product-service-sit\n/);
      expect(stdout).toContain("\nthese do  none\n");
      expect(stdout).toContain("\nCallers do not get their answers.\n");
      const { document } = await told("alarms", "show", "service", "--env", "sit");
      expect(document.section.anchor).toBe("service");
      expect(document.alarms.map(({ severity }: { severity: string }) => severity)).not.toContain(
        "ticket",
      );
    });

    it("gives a program all of it", async () => {
      const { exitCode, document } = await told("alarms", "--env", "sit");
      expect(exitCode).toBe(2);
      expect(document.serviceAlarm).toMatchObject({ state: "unknown", isHeard: null });
      expect(document.alarms).toHaveLength(23);
      expect(document.alarms[0]).toMatchObject({
        name: firing,
        state: "ALARM",
        datapoints: [12.5],
        threshold: 1,
        isHeard: true,
        differences: [],
      });
    });

    it.each([20, 40])("fits into %i columns", async (columns) => {
      for (const args of [["--history"], ["show", "list-errors"]]) {
        const { stdout } = await run(["alarms", ...args, "--env", "sit"], { columns });
        const long = stdout.split("\n").filter((line) => line.length > columns);
        // What is copied or followed stays whole.
        expect(long.filter((line) => !/^( {2,3}lambdakit |https:)/.test(line))).toEqual([]);
      }
    });

    it.each([
      [["lst-errors"], "lambdakit alarms show list-errors --env dev"],
      [["show"], "lambdakit alarms, or with: NAME, show NAME"],
      [["list-errors", "get-errors"], "lambdakit alarms, or with: NAME, show NAME"],
    ])("refuses %j", async (args, fix) => {
      const { exitCode, stdout } = await run(["alarms", ...args, "--json"]);
      expect([exitCode, JSON.parse(stdout).error.fix]).toEqual([64, fix]);
    });
  });

  describe("after a restore", () => {
    it("is what status, metrics and alarms look at the table that was restored", async () => {
      const name = await plantRestore(inAccount("dev"), "2026-11-27T09:00:00.000Z");
      expect(name).toBe("products-dev-restored-20261127-091500");
      const { stdout } = await run(["status", "--env", "dev"]);
      expect(stdout).toContain("product in dev: healthy\n");
      expect(stdout.split("\n").join(" ").replace(/ +/g, " ")).toContain(
        `restored as it was at 2026-11-27 09:00 UTC, in use since 2026-11-27 09:15 UTC by operation 2; products-dev is kept aside`,
      );
      const { document } = await told("status", "--env", "dev");
      expect(document.environments[0].tables[0]).toMatchObject({
        name,
        restored: {
          at: "2026-11-27T09:15:00.000Z",
          operation: 2,
          to: "2026-11-27T09:00:00.000Z",
          backup: null,
          from: "products-dev",
        },
      });
      const alarm = await run(["alarms", "show", "products-table-throttles", "--env", "dev"]);
      expect(alarm.stdout).toContain(`DynamoDB throttles requests to\n${name}`.replace("\n", " "));
    });

    it("is told to whoever may see figures and not the bucket that they may be those of another table", async () => {
      proxy.arrange(nextOf("s3 ListObjectsV2 recovery/product/dev/tables/"), {
        fail: { status: 403, code: "AccessDenied" },
      });
      const { exitCode, stderr } = await run(["metrics", "--env", "dev"]);
      expect([exitCode, stderr]).toEqual([
        0,
        "bbws-artifacts-536580886816-eu-west-1 may not be read: tables are taken for called as service.ts says, as they are where none was restored.\n",
      ]);
    });
  });
});

/** 200 calls of `list` in the last half hour: one failed, three started an execution environment. */
async function putFigures({ account, plan }: PlantedService): Promise<void> {
  const client = cloudWatchOf(account);
  const [early, late] = [25, 5].map((minutes) => new Date(Date.now() - minutes * 60_000));
  const put = (
    Namespace: string,
    dimensions: Readonly<Record<string, string>>,
    values: Readonly<Record<string, readonly [number, number]>>,
  ) =>
    client.send(
      new PutMetricDataCommand({
        Namespace,
        MetricData: Object.entries(values).flatMap(([MetricName, both]) =>
          both.map((Value, index) => ({
            MetricName,
            Value,
            Timestamp: index === 0 ? early : late,
            Dimensions: Object.entries(dimensions).map(([Name, one]) => ({ Name, Value: one })),
          })),
        ),
      }),
    );
  const name = nameOf(plan, "list");
  await put(
    "AWS/Lambda",
    { FunctionName: name },
    {
      Invocations: [100, 100],
      Errors: [1, 0],
      Throttles: [0, 0],
      Duration: [40, 40],
      ConcurrentExecutions: [4, 2],
    },
  );
  await put("AWS/Lambda", { FunctionName: name }, { Duration: [80, 80] });
  await put("AWS/Lambda", { FunctionName: name }, { Duration: [0, 0] });
  await put("bbws-product", { function_name: name }, { ColdStart: [0, 3] });
  await put(
    "AWS/ApiGateway",
    { ApiName: plan.api.name, Stage: plan.api.stage },
    {
      Count: [100, 100],
      "5XXError": [1, 0],
      Latency: [90, 50],
    },
  );
  client.destroy();
}

function nameOf({ functions }: ServicePlan, key: string): string {
  return functions.find((one) => one.key === key)?.name ?? "";
}

function withoutTimes(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, "TIME")
    .replace(/to (\d+ min ago|now)/g, "to AGE ago")
    .replace(/[·▁-█]{12,}/g, "LINE");
}

/** Without the spaces of columns. */
function spaced(line: string): string {
  return line.trim().replace(/\s+/g, " ");
}
