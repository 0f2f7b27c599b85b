import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Account, enterAccount } from "../../../src/emulator/deployed/account.ts";
import { trafficMetrics } from "../../../src/emulator/figures/traffic-metrics.ts";
import type { Invoked } from "../../../src/emulator/live/traffic.ts";
import { findMoto, type Moto, startMoto } from "../../../src/emulator/start-moto.ts";
import { isLacking } from "../../terraform.ts";
import { cloudWatchOf } from "../cloud-watch.ts";

describe.skipIf(isLacking(findMoto(), "No metrics are put"))("traffic", () => {
  let moto: Moto;
  let account: Account;
  beforeAll(async () => {
    moto = await startMoto("eu-west-1", undefined, false);
    account = await enterAccount(moto, "111122223333", "eu-west-1");
  });
  afterAll(() => moto?.stop());

  it("is found by GetMetricData: of a function, its alias, each version, and the API", async () => {
    const metrics = trafficMetrics(account, 50);
    const at = Date.now();
    const invoked = (version: string, outcome: Invoked["outcome"], milliseconds: number) =>
      metrics.observe({
        ...{ type: "invoked", at, functionName: "shop-get-dev", alias: "live" },
        ...{ version, outcome, milliseconds },
      });
    invoked("1", "answered", 10);
    invoked("1", "throttled", 0);
    // Of another batch.
    await new Promise((resolve) => setTimeout(resolve, 120));
    invoked("2", "failed", 30);
    for (const status of [200, 200, 404, 500]) {
      metrics.observe({
        type: "answered",
        at,
        apiName: "shop-api-dev",
        stage: "v1",
        status,
        milliseconds: 40,
      });
    }
    await metrics.stop();

    const FunctionName = "shop-get-dev";
    const Resource = `${FunctionName}:live`;
    const version = (ExecutedVersion: string) => ({ FunctionName, Resource, ExecutedVersion });
    const api = { ApiName: "shop-api-dev", Stage: "v1" };
    expect(
      await figures([
        ["AWS/Lambda", "Invocations", "Sum", { FunctionName }],
        ["AWS/Lambda", "Invocations", "Sum", { FunctionName, Resource }],
        ["AWS/Lambda", "Invocations", "Sum", version("1")],
        ["AWS/Lambda", "Errors", "Sum", version("1")],
        ["AWS/Lambda", "Errors", "Sum", version("2")],
        ["AWS/Lambda", "Throttles", "Sum", version("1")],
        ["AWS/Lambda", "Duration", "Average", { FunctionName }],
        ["AWS/ApiGateway", "Count", "Sum", api],
        ["AWS/ApiGateway", "4XXError", "Sum", api],
        ["AWS/ApiGateway", "5XXError", "Sum", api],
        ["AWS/ApiGateway", "Latency", "Maximum", api],
      ]),
    ).toEqual([2, 2, 1, 0, 1, 1, 20, 4, 1, 1, 40]);
  });

  it("is put whole where it is much: of a hundred functions at once", async () => {
    const metrics = trafficMetrics(account, 60_000);
    for (let number = 0; number < 100; number++) {
      metrics.observe({
        ...{ type: "invoked", at: Date.now(), functionName: `shop-${number}-dev`, alias: "live" },
        ...{ version: "1", outcome: "answered", milliseconds: 1 },
      });
    }
    await metrics.stop();
    const FunctionName = "shop-99-dev";
    expect(await figures([["AWS/Lambda", "Invocations", "Sum", { FunctionName }]])).toEqual([1]);
  });

  type Asked = readonly [string, string, string, Readonly<Record<string, string>>];

  async function figures(asked: readonly Asked[]) {
    const client = cloudWatchOf(account);
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.now() - 60_000),
        EndTime: new Date(Date.now() + 60_000),
        MetricDataQueries: asked.map(([Namespace, MetricName, Stat, dimensions], number) => {
          const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
          const Metric = { Namespace, MetricName, Dimensions };
          return { Id: `m${number}`, MetricStat: { Metric, Period: 300, Stat } };
        }),
      }),
    );
    client.destroy();
    return MetricDataResults.map(({ Values }) => Values?.[0]);
  }
});
