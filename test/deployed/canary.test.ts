/** The whole machinery at once: callers, a live deployment, a second release, metrics and alarms. */
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planService, type ServicePlan } from "../../src/plan/index.ts";
import { findMoto, type Moto, startMoto } from "../moto.ts";
import { useProcesses } from "../process-environments.ts";
import {
  type BuiltRelease,
  buildRelease,
  releaseHeader,
  secondReleases,
} from "../product-releases.ts";
import { isLacking } from "../terraform.ts";
import { type LiveDeployment, serveLive } from "./live/serve-live.ts";
import { moveAlias } from "./planted/move-alias.ts";
import { publishVersion } from "./planted/plant-function.ts";
import { type PlantedService, plantService } from "./planted/plant-service.ts";
import { say } from "./step-times.ts";
import { type AlarmJudge, judgeAlarms } from "./traffic/judge-alarms.ts";
import { steadyClient } from "./traffic/steady-client.ts";
import { type TrafficMetrics, trafficMetrics } from "./traffic/traffic-metrics.ts";

describe.skipIf(isLacking(findMoto(), "No canary is run"))("50 callers a second", () => {
  const processes = useProcesses();
  let moto: Moto;
  let plan: ServicePlan;
  let planted: PlantedService;
  let metrics: TrafficMetrics;
  let judge: AlarmJudge;
  let live: LiveDeployment;
  let builds: { readonly good: BuiltRelease; readonly bad: BuiltRelease };
  beforeAll(async () => {
    const first = await buildRelease();
    builds = {
      good: await buildRelease(secondReleases.good),
      bad: await buildRelease(secondReleases.bad),
    };
    plan = planService(first.manifest, "dev");
    moto = await startMoto(plan.region, undefined, false);
    planted = await plantService(moto, plan, first);
    const { account } = planted;
    metrics = trafficMetrics(account);
    // Five minutes are 40 s: a bad tenth that fails once in five has the 10 errors then that an alarm needs,
    // where the machine is so busy that not half of the requests are answered in time, too.
    judge = await judgeAlarms(account, { minuteMilliseconds: 8_000 });
    live = await serveLive({
      ...planted,
      artifactBucket: plan.deployment.artifactBucket,
      bootstrap: processes.bootstrap,
      aliasAgeMilliseconds: 100,
      onTraffic(traffic) {
        metrics.observe(traffic);
        judge.observe(traffic);
      },
    });
  }, 120_000);
  afterAll(async () => {
    await live?.stop();
    await metrics?.stop();
    await judge?.stop();
    await moto?.stop();
  });

  it("see no failure while the aliases move between two good versions 20 times", async () => {
    const second = await publishAll(builds.good);
    await moveAll(second);
    const answer = await fetch(`${live.url}/v1.0/products`, { headers: { Connection: "close" } });
    expect([answer.status, answer.headers.get(releaseHeader)]).toEqual([200, "good"]);
    const client = await steadyClient(live.url);
    const cpu = process.cpuUsage();
    const started = performance.now();
    for (let move = 1; move <= 20; move++) {
      await moveAll(move % 2 === 0 ? second : "1");
      await setTimeout(Math.max(0, started + move * 1_000 - performance.now()));
    }
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (performance.now() - started) / 1_000;
    const summary = await client.stop();
    say(
      `${JSON.stringify(summary)}; ${((user + system) / 1e6 / seconds).toFixed(2)} of a processor`,
    );
    expect(summary).toMatchObject({ failed: 0, failedByVersion: {} });
    expect(summary.total).toBeGreaterThan(950);
    expect(Math.min(...Object.values(summary.byVersion))).toBeGreaterThan(50);
    expect(Object.keys(summary.byVersion).sort()).toEqual(["1", second]);
    expect(judge.changes).toEqual([]);
  }, 240_000);

  it("fail on the bad version alone, which gets a tenth of them, until the alarm ends it", async () => {
    const bad = await publishAll(builds.bad);
    const client = await steadyClient(live.url);
    await moveAll("1", { [bad]: 0.1 });
    const deadline = Date.now() + 100_000;
    while (judge.changes.length === 0 && Date.now() < deadline) await setTimeout(250);
    await moveAll("1");
    // What is known of an alias may be a little older, on a machine that is busy.
    await setTimeout(1_500);
    const back = Date.now();
    await setTimeout(3_000);
    const summary = await client.stop();
    const after = client.summary(back);
    say(JSON.stringify(summary));
    expect(judge.changes[0]).toMatchObject({
      alarm: "bbws-product-api-5xx-errors-dev",
      state: "ALARM",
    });
    expect(Object.keys(summary.failedByVersion)).toEqual([bad]);
    expect(summary.failed).toBeGreaterThanOrEqual(10);
    expect(after).toMatchObject({ failed: 0, byVersion: { 1: after.total } });
    expect(after.total).toBeGreaterThan(100);
    const share = (summary.byVersion[bad] ?? 0) / (summary.total - after.total);
    expect(share).toBeGreaterThan(0.03);
    expect(share).toBeLessThan(0.25);
  }, 240_000);

  /** @returns the version, which is the same number for each function */
  async function publishAll({ functions }: BuiltRelease): Promise<string> {
    const versions = await Promise.all(
      Object.entries(functions).map(([key, code]) =>
        publishVersion(planted.account, plan, key, code),
      ),
    );
    expect(new Set(versions).size).toBe(1);
    return versions[0] as string;
  }

  async function moveAll(version: string, weights?: Readonly<Record<string, number>>) {
    await Promise.all(plan.functions.map(({ key }) => moveAlias(planted, key, version, weights)));
  }
});
