/** What dr drill says and refuses, with an emulator for AWS. What it does: test/integration/terraform/drill.test.ts. */
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { productCopy } from "../../../test/product-copy.ts";
import { productPlan } from "../../../test/product-plan.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { withVariables } from "../../../test/variables.ts";
import { Bucket } from "../../aws/index.ts";
import type { DrillReport } from "../../drill/index.ts";
import { findMoto, type Moto, startMoto } from "../../emulator/start-moto.ts";
import { drillText } from "../recovery/drill-text.ts";
import { createStyle } from "../style.ts";

const lacks = findMoto();
const dev = productPlan("dev");

const report: DrillReport = {
  number: 1,
  service: "product",
  environment: "dev",
  scenario: "items-corrupted",
  at: "2026-11-27T09:00:00.000Z",
  by: "arn:aws:sts::536580886816:assumed-role/deploy/ada",
  release: "3f9c2a1b7d4e",
  table: {
    key: "products",
    before: "products-dev",
    after: "products-dev-restored-20261127-090006",
  },
  failedAt: "2026-11-27T09:00:05.250Z",
  command: "dr restore --to 2026-11-27T09:00:05.000Z --table products",
  recovered: true,
  why: null,
  rpo: {
    seconds: 0.45,
    targetSeconds: 3600,
    met: true,
    kind: "simulated",
    how: "from the newest heartbeat that came back to the failure; an emulator stood in for AWS",
  },
  rto: {
    seconds: 1842.5,
    targetSeconds: 1800,
    met: false,
    kind: "simulated",
    how: "from the failure to a check; an emulator stood in for AWS",
  },
  heartbeats: { acknowledged: 25, recovered: 24 },
  manualSteps: 0,
  timeline: [{ at: "2026-11-27T09:00:05.250Z", what: "the loss began" }],
};

describe.skipIf(lacks.length > 0)("lambdakit dr drill", { timeout: 60_000 }, () => {
  let moto: Moto;
  let restore: () => void;
  let directory: string;

  beforeAll(async () => {
    directory = await productCopy();
    moto = await startMoto(dev.region, dev.accountId, false);
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
    await new Bucket(dev.deployment.artifactBucket, dev.region).ensure();
  });

  afterAll(async () => {
    restore?.();
    await moto?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const drill = (...args: string[]) => lambdakit(["dr", "drill", ...args, "--service", directory]);

  it("says what can be lost, and loses nothing, where nobody says what", async () => {
    const { exitCode, stdout } = await drill();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^table-lost\n {2}the table is deleted[\s\S]*\nitems-corrupted\n[\s\S]*\nfunction-broken\n[\s\S]*\naccount-empty\n[\s\S]*\nregion-lost\n/,
    );
    expect(JSON.parse((await drill("--json")).stdout).scenarios).toHaveLength(5);
  });

  it("knows no other scenario, and says which is near", async () => {
    expect(await drill("table-last", "--confirm", "drill")).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining("fix: lambdakit dr drill table-lost"),
    });
    expect(await drill("list", "table-lost")).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('There is no drill "list"'),
    });
    expect(await drill("table-lost", "--table", "orders", "--confirm", "drill")).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining("fix: --table products"),
    });
  });

  it("says what it would lose, and loses it for nobody who has not said the word", async () => {
    const { exitCode, stderr } = await drill("table-lost", "function-broken");
    expect(exitCode).toBe(77);
    expect(stderr).toContain("In dev, on purpose, one after the other (table products-dev):");
    expect(stderr).toContain(
      "fix: lambdakit dr drill table-lost function-broken --env dev --confirm drill",
    );
  });

  it("loses no region where nothing stands by", async () => {
    expect(await drill("region-lost", "--confirm", "drill")).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining("error RECOVERY_NO_STANDBY\n"),
    });
  });

  /** The account of an environment, which does not look like an emulator. */
  async function likeAws(environment: "sit" | "prod"): Promise<void> {
    const { region, accountId, deployment } = productPlan(environment);
    const other = await startMoto(region, accountId, false);
    onTestFinished(() => other.stop());
    onTestFinished(
      withVariables({
        AWS_ENDPOINT_URL: undefined,
        AWS_ENDPOINT_URL_STS: other.url,
        AWS_ENDPOINT_URL_S3: other.url,
      }),
    );
    await new Bucket(deployment.artifactBucket, region).ensure();
  }

  it("empties no account in AWS, whatever is said, and none whose release is nowhere else", async () => {
    expect(await drill("account-empty", "--confirm", "drill")).toMatchObject({
      exitCode: 77,
      stderr: expect.stringMatching(
        /DRILL_REFUSED[\s\S]*nowhere else[\s\S]*fix: lambdakit dr drill account-empty --env sit/,
      ),
    });
    await likeAws("sit");
    expect(await drill("account-empty", "--env", "sit", "--confirm", "deploy")).toMatchObject({
      exitCode: 77,
      stderr: expect.stringMatching(/DRILL_REFUSED[\s\S]*account-empty is for an emulator/),
    });
  });

  it("loses nothing of prod in AWS, whatever is said", async () => {
    await likeAws("prod");
    const words = ["--confirm", "deploy-to-production", "--reason", "CHG-1"];
    expect(await drill("table-lost", "--env", "prod", ...words)).toMatchObject({
      exitCode: 77,
      stderr: expect.stringMatching(/DRILL_REFUSED[\s\S]*--env sit/),
    });
  });

  it("lists what there was, and finds nothing to go on with", async () => {
    const bucket = new Bucket(dev.deployment.artifactBucket, dev.region);
    expect((await drill("list")).stdout).toBe("There was no drill yet.\n");
    expect((await drill("resume", "--confirm", "drill")).stdout).toBe(
      "dev: nothing is left of a drill that was cut off\n",
    );
    const put = (key: string, value: unknown) =>
      bucket.putOnce(`drills/product/dev/${key}`, JSON.stringify(value));
    const started = { scenario: report.scenario, at: report.at, by: report.by };
    await put("000001/started.json", started);
    await put("000001/report.json", report);
    await put("000002/started.json", { ...started, scenario: "table-lost" });
    await put("000002/failed.json", { at: report.failedAt, heartbeats: 25 });
    expect((await drill("list")).stdout).toBe(
      [
        "Drill  Scenario         Begun                 Ended            RPO       RTO",
        "    2  table-lost       2026-11-27T09:00:00Z  not recovered",
        "    1  items-corrupted  2026-11-27T09:00:00Z  not passed     0.5 s  1842.5 s",
        "",
      ].join("\n"),
    );
  });
});

describe("the result of a drill", () => {
  it("says figures, targets, and what was not AWS, however narrow the terminal is", () => {
    expect(drillText(report, 80, createStyle(false))).toBe(
      [
        "Drill 1 of dev, items-corrupted: not passed",
        "  RPO  0.5 s of 3600 s, met, simulated",
        "  RTO  1842.5 s of 1800 s, missed, simulated",
        "  24 of 25 heartbeats came back; 0 manual steps",
        "  simulated: an emulator stood in for AWS",
      ].join("\n"),
    );
    for (const columns of [40, 20]) {
      const lines = drillText(
        { ...report, why: "no heartbeat came back" },
        columns,
        createStyle(false),
      ).split("\n");
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
    }
  });
});
