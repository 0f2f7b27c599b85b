import { DescribeAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Account, enterAccount } from "../../../src/emulator/deployed/account.ts";
import type { Traffic } from "../../../src/emulator/live/traffic.ts";
import { findMoto, type Moto, startMoto } from "../../../src/emulator/start-moto.ts";
import { productPlan } from "../../product-plan.ts";
import { isLacking } from "../../terraform.ts";
import { cloudWatchOf } from "../cloud-watch.ts";
import { plantAlarms } from "../planted/plant-alarms.ts";
import { judgeAlarms } from "./judge-alarms.ts";

const plan = productPlan("dev");
const serverErrors = "bbws-product-api-5xx-errors-dev";
const functionErrors = "bbws-product-get-errors-dev";

describe.skipIf(isLacking(findMoto(), "No alarms are judged"))("the alarms of a service", () => {
  let moto: Moto;
  let account: Account;
  beforeAll(async () => {
    moto = await startMoto(plan.region, undefined, false);
    account = await enterAccount(moto, plan.accountId, plan.region);
    await plantAlarms(account, plan.alarms);
  });
  afterAll(() => moto?.stop());

  it("fire over bad traffic, say why, and recover when it is over", async () => {
    // Five minutes are less than a second, and the fifteen of a function's alarm two and a bit.
    const judge = await judgeAlarms(account, { minuteMilliseconds: 150, everyMilliseconds: 50 });
    const observe = (count: number, traffic: (at: number) => Traffic) => {
      for (let number = 0; number < count; number++) judge.observe(traffic(Date.now()));
    };
    observe(400, answered(200));
    // One below the least number that the alarm fires at.
    observe(9, answered(500));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(judge.changes).toEqual([]);
    observe(1, answered(500));
    observe(5, failed);
    const fired = (name: string) =>
      judge.changes.find((one) => one.alarm === name && one.state === "ALARM");
    await vi.waitFor(
      () => expect([fired(serverErrors), fired(functionErrors)]).not.toContain(undefined),
      5_000,
    );
    expect(fired(serverErrors)?.reason).toMatch(
      /^Threshold Crossed: 1 out of the last 1 datapoints \[\d+\.\d+ \(.*\)\] was greater than the threshold \(1\.0\) \(minimum 1 datapoint for OK -> ALARM transition\)\.$/,
    );
    // The last figure counts as long as CloudWatch looks back, which is for three windows.
    await vi.waitFor(async () => expect(await firing()).toEqual([]), 15_000);
    await judge.stop();
    // Windows move over the failures, and may see them apart and together again.
    const changes = new Set(judge.changes.map(({ alarm, state }) => `${alarm} ${state}`));
    expect([...changes].sort()).toEqual([
      `${serverErrors} ALARM`,
      `${serverErrors} OK`,
      `${functionErrors} ALARM`,
      `${functionErrors} OK`,
    ]);
  }, 30_000);

  it.each([
    [true, ["bbws-product-api-latency-dev"]],
    [false, []],
  ])(
    "are judged by times where that is wanted: %s",
    { timeout: 30_000 },
    async (judgesTimes, expected) => {
      // Two of three periods have to be slow, each half a second long.
      const judge = await judgeAlarms(account, {
        minuteMilliseconds: 100,
        everyMilliseconds: 20,
        judgesTimes,
      });
      for (let number = 0; number < 80; number++) {
        for (let one = 0; one < 5; one++) {
          judge.observe({ ...answered(200)(Date.now()), milliseconds: 9_000 });
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await vi.waitFor(async () => expect(await firing()).toEqual([]), 10_000);
      await judge.stop();
      const fired = judge.changes.filter(({ state }) => state === "ALARM");
      expect([...new Set(fired.map(({ alarm }) => alarm))]).toEqual(expected);
    },
  );

  it("are no others than those that are known", async () => {
    const client = cloudWatchOf(account);
    const AlarmName = "of-another-kind";
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName,
        ComparisonOperator: "LessThanThreshold",
        EvaluationPeriods: 1,
        Threshold: 1,
        Namespace: "AWS/Lambda",
        MetricName: "Invocations",
        Period: 60,
        Statistic: "Sum",
      }),
    );
    client.destroy();
    await expect(judgeAlarms(account)).rejects.toThrow("of-another-kind is not judged here");
  });

  async function firing() {
    const client = cloudWatchOf(account);
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}));
    client.destroy();
    return MetricAlarms.flatMap(({ AlarmName, StateValue }) =>
      StateValue === "ALARM" ? [AlarmName] : [],
    ).sort();
  }
});

function answered(status: number) {
  const { name: apiName, stage } = plan.api;
  return (at: number) =>
    ({ type: "answered", at, apiName, stage, status, milliseconds: 10 }) as const;
}

function failed(at: number): Traffic {
  const functionName = "bbws-product-get-dev";
  const who = { type: "invoked", at, functionName, alias: "live", version: "2" } as const;
  return { ...who, outcome: "failed", milliseconds: 10 };
}
