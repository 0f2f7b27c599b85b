import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAlias } from "../../../src/emulator/deployed/deployed-alias.ts";
import { readVersion } from "../../../src/emulator/deployed/deployed-function.ts";
import { readDeployed } from "../../../src/emulator/deployed/deployed-service.ts";
import { mayInvoke } from "../../../src/emulator/deployed/may-invoke.ts";
import { findMoto, type Moto, startMoto } from "../../../src/emulator/start-moto.ts";
import { productPlan } from "../../product-plan.ts";
import { isLacking } from "../../terraform.ts";
import { cloudWatchOf } from "../cloud-watch.ts";
import { publishVersion } from "./plant-function.ts";
import { type PlantedService, plantService } from "./plant-service.ts";
import { tinyFunctions, tinyZip } from "./tiny-zip.ts";

describe.skipIf(isLacking(findMoto(), "No service is planted"))("a planted service", () => {
  const plan = productPlan("dev");
  const { artifactBucket } = plan.deployment;
  let moto: Moto;
  let planted: PlantedService;
  beforeAll(async () => {
    moto = await startMoto(plan.region, undefined, false);
    planted = await plantService(moto, plan, tinyFunctions(plan));
  });
  afterAll(() => moto?.stop());

  it("is read as a deployed one is, with all that the plan says", async () => {
    const deployed = await readDeployed(planted.account, planted.url, artifactBucket);
    const functions = [...deployed.functions.values()];
    const described = functions.map(({ lambda, version, aliasArn }) => [
      lambda.name,
      version,
      aliasArn,
      lambda.environmentVariables,
    ]);
    expect(described.sort()).toEqual(
      plan.functions
        .map(({ name, arn, environmentVariables }) => {
          return [name, "1", `${arn}:live`, environmentVariables];
        })
        .sort(),
    );
    expect(
      deployed.tables.map(({ arn, indexes }) => [arn, indexes.map(({ name }) => name)]),
    ).toEqual(plan.tables.map(({ arn, indexes }) => [arn, indexes.map(({ name }) => name)]));
    for (const route of deployed.api.routes) {
      const callee = deployed.functions.get(route.function);
      expect(callee && mayInvoke(deployed, route, callee), route.path).toBe(true);
    }
    expect(deployed.api.routes).toHaveLength(plan.api.routes.length);
    expect(deployed.api.throttling).toEqual(plan.api.throttling);
    const guards = (routes: typeof plan.api.routes) =>
      routes.map(({ method, path, auth }) => `${method} ${path} ${auth.type}`).sort();
    expect(guards(deployed.api.routes)).toEqual(guards(plan.api.routes));
    expect(deployed.authorizer?.cacheSeconds).toBe(plan.api.authorizer?.cacheSeconds);
  });

  it("has the alarms of the plan", async () => {
    const client = cloudWatchOf(planted.account);
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}));
    client.destroy();
    const found = MetricAlarms.map(({ AlarmName, Threshold }) => [AlarmName, Threshold]);
    expect(found.sort()).toEqual(
      plan.alarms.map(({ name, threshold }) => [name, threshold]).sort(),
    );
  });

  it("gets versions, each with its own code and variables, to which nobody is led yet", async () => {
    const { account } = planted;
    const zip = tinyZip(`{ statusCode: 500, body: "" }`);
    const environmentVariables = { LOG_LEVEL: "DEBUG" };
    expect(await publishVersion(account, plan, "get", { zip, environmentVariables })).toBe("2");
    const arn = `${plan.functions.find(({ key }) => key === "get")?.arn}:live`;
    expect(await readAlias(account, arn)).toEqual({ version: "1", weights: new Map() });
    const [first, second] = await Promise.all(
      ["1", "2"].map((version) => readVersion(account, arn, version, artifactBucket)),
    );
    expect(Buffer.compare(second?.zip as Uint8Array, zip)).toBe(0);
    expect(second?.lambda.environmentVariables).toEqual(environmentVariables);
    expect(first?.codeSha256).not.toBe(second?.codeSha256);
    expect(first?.lambda.environmentVariables).not.toEqual(environmentVariables);
  });

  it("stands beside that of another account", async () => {
    const sit = productPlan("sit");
    const started = performance.now();
    const { account, url } = await plantService(moto, sit, tinyFunctions(sit));
    const milliseconds = performance.now() - started;
    process.stderr.write(`  planted in ${milliseconds.toFixed(0)} ms\n`);
    const { functions } = await readDeployed(account, url, sit.deployment.artifactBucket);
    expect([...functions.keys()].sort()).toEqual(
      sit.functions.map(({ arn }) => `${arn}:live`).sort(),
    );
  });
});
