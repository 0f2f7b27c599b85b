/** A region that is lost on purpose: `dr drill region-lost`, with an emulator behind the simulator, and `dr failover` as people type it. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DrillReport, isPassed } from "../../src/drill/index.ts";
import { type Account, enterAccount } from "../../src/emulator/deployed/account.ts";
import { findMoto } from "../../src/emulator/start-moto.ts";
import { isLacking } from "../terraform.ts";
import { prepareTwoRegions, type TwoRegions } from "./two-regions.ts";

const consent = ["--confirm", "deploy-to-production", "--reason", "a rehearsal"];

describe.skipIf(isLacking(findMoto(), "No region is lost on purpose"))(
  "a region that is lost on purpose",
  { timeout: 180_000 },
  () => {
    let regions: TwoRegions;
    let reports: string;
    let here: Account;
    let there: Account;

    beforeAll(async () => {
      reports = await mkdtemp(path.join(tmpdir(), "lambdakit-drills-"));
      regions = await prepareTwoRegions(false);
      const { emulator, primary, standby } = regions;
      here = await enterAccount({ url: emulator }, primary.accountId, primary.region);
      there = await enterAccount({ url: emulator }, standby.accountId, standby.region);
    }, 120_000);
    afterAll(async () => {
      await regions?.stop();
      await rm(reports, { recursive: true, force: true });
    });

    const drill = (...args: string[]) =>
      regions.start(["dr", "drill", "--env", "prod", ...args], {
        AWS_ENDPOINT_URL: regions.emulator,
      });
    const itemsIn = async (account: Account) => {
      const { Items } = await account.table("Scan", { TableName: "products-prod" });
      return Items.length as number;
    };

    it("is taken over by the other one, without the second that was on its way, and comes back", async () => {
      const { exitCode, stdout, stderr } = await drill(
        "region-lost",
        ...consent,
        ...["--standby-url", regions.url, "--json", "--report", reports],
      );
      expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
      const [report]: DrillReport[] = JSON.parse(stdout).reports;
      if (report === undefined) throw new Error("no report");
      expect(report).toMatchObject({
        scenario: "region-lost",
        command: "dr failover --to eu-west-1 --accept-data-loss",
        recovered: true,
        manualSteps: 0,
        table: { before: "products-prod", after: "products-prod" },
        rpo: { kind: "simulated", met: true },
        rto: { kind: "simulated", met: true },
      });
      expect(isPassed(report)).toBe(true);
      expect(report.rpo.how).toContain("for their replicas, which are 1 s behind");
      // What was on its way is not there: of 5 heartbeats in a second, those of the last one.
      expect(report.rpo.seconds).toBeGreaterThanOrEqual(1);
      expect(report.heartbeats.acknowledged).toBe(25);
      expect(report.heartbeats.recovered).toBeLessThan(25);
      expect(report.timeline.map(({ what }) => what)).toEqual(
        expect.arrayContaining([
          "the loss began",
          "a check has found everything right",
          "the region is back",
          "lambdakit dr failback ended with 0",
        ]),
      );
      const [newest, before] = await regions.history();
      expect([before?.started.action, newest?.started.action]).toEqual(["failover", "failback"]);
      expect([before?.ended?.outcome, newest?.ended?.outcome]).toEqual(["not-moved", "not-moved"]);
    });

    it("leaves no heartbeat behind, and its evidence in the region that was lost", async () => {
      expect([await itemsIn(here), await itemsIn(there)]).toEqual([0, 0]);
      const listed = await drill("list", "--json");
      expect(JSON.parse(listed.stdout).drills).toMatchObject([
        { report: { scenario: "region-lost" } },
      ]);
      const [markdown = ""] = (await readdir(reports)).filter((name) => name.endsWith(".md"));
      expect(await readFile(path.join(reports, markdown), "utf8")).toContain("simulated");
    });
  },
);
