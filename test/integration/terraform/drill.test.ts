/**
 * Drills as they are run: the command, the real Terraform and provider, an emulator with the simulator in front of
 * it, and the deployed zips behind the API. Those that the runbook asks for are in `emergency.test.ts`.
 */
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DrillReport } from "../../../src/drill/index.ts";
import { cloudLacks } from "../../cloud.ts";
import { CorruptedTable, corrupted, pricesIn } from "../../deployed/corrupted-table.ts";
import { inSimulator } from "../../deployed/in-simulator.ts";
import { openSteadyAddress } from "../../deployed/steady-address.ts";
import { say } from "../../deployed/step-times.ts";
import { openThreeAccounts, type ThreeAccounts } from "../../deployed/three-accounts.ts";
import { useProcesses } from "../../process-environments.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { isLacking } from "../../terraform.ts";

const isSkipped = isLacking(cloudLacks(), "Nothing is lost on purpose");

describe.skipIf(isSkipped)("recovery, rehearsed: drills in dev", { timeout: 600_000 }, () => {
  const processes = useProcesses();
  let accounts: ThreeAccounts;
  let reports: string;

  beforeAll(async () => {
    reports = await mkdtemp(path.join(tmpdir(), "lambdakit-drills-"));
    accounts = await openThreeAccounts(processes.bootstrap);
    await accounts.tell("dev", ["bootstrap", "--env", "dev"]);
    const { url } = await accounts.tell("dev", ["deploy", "--skip-verify"]);
    accounts.target("dev").url = url;
    await accounts.serve("dev");
  }, 900_000);

  afterAll(async () => {
    for (const name of ["dev", "sit"] as const) await accounts?.target(name).served?.stop();
    await accounts?.stop();
    if (reports !== undefined) await rm(reports, { recursive: true, force: true });
  });

  const run = (...args: string[]) => accounts.run("dev", ["dr", "drill", "--env", "dev", ...args]);

  it("are told before anything is lost, and need a word", async () => {
    expect(await run("table-lost")).toMatchObject({
      exitCode: 77,
      stderr: expect.stringMatching(
        /table-lost: the table is deleted[\s\S]*fix: lambdakit dr drill table-lost --env dev --confirm drill/,
      ),
    });
    expect((await run("list")).stdout).toBe("There was no drill yet.\n");
  });

  it("corrupt items, and restore the table to the moment before", async () => {
    const words = ["items-corrupted", "--confirm", "drill", "--report", reports];
    const { exitCode, stdout, stderr } = await run(...words, "--json");
    const [report]: DrillReport[] = JSON.parse(stdout).reports;
    expect({ exitCode, report }, `${stdout}\n${stderr}`).toMatchObject({
      exitCode: 0,
      report: { recovered: true },
    });
    if (report === undefined) throw new Error("no report");
    for (const { at, what } of report.timeline) say(`${at} ${what}`);
    say(`items-corrupted: RPO ${report.rpo.seconds} s, RTO ${report.rto.seconds} s, simulated`);
    expect(report.table.before).toBe("products-dev");
    expect(report.table.after).toMatch(/^products-dev-restored-\d{8}-\d{6}$/);
    expect(report.rpo.seconds).toBeLessThan(2);
    await accounts.tell("dev", ["plan", "--env", "dev"]);
  });

  it("know the whole way back: what a bad release has corrupted is as it was before, and every good write is there", async () => {
    const folder = await temporaryFolder();
    await inSimulator(accounts.target("dev"), async (account) => {
      const listed = await accounts.run("dev", ["dr", "backup", "list", "--json"]);
      const before: string = JSON.parse(listed.stdout).tables[0].table;
      const table = new CorruptedTable(account, before);
      await table.write(0, 20, "1.00");
      const moment = await table.moment();
      await Promise.all([
        table.corrupt([0, 1, 2, 3, 4], 5, 100),
        // Products that are new, and others that the bad release has left alone.
        table.write(10, 30, "2.00"),
      ]);
      const restored = JSON.parse(
        (await accounts.run("dev", ["dr", "restore", "--to", moment, "--json"])).stdout,
      );
      expect(restored).toMatchObject({ source: before, verification: { passed: true } });

      const [all, good] = ["all.jsonl", "good.jsonl"].map((file) => path.join(folder, file)) as [
        string,
        string,
      ];
      const merge = async (...args: string[]) => {
        const run = await accounts.run("dev", ["dr", "merge", "--json", ...args]);
        return { exitCode: run.exitCode, counts: JSON.parse(run.stdout).counts };
      };
      expect(await merge("--dry-run", "--list", all)).toMatchObject({
        exitCode: 2,
        counts: {
          "only-in-old": { merged: 11 },
          changed: { kept: 15 },
          "only-in-restored": { kept: 1 },
        },
      });
      const lines = (await readFile(all, "utf8")).trimEnd().split("\n");
      await writeFile(good, lines.filter((line) => !line.includes(corrupted)).join("\n"));
      expect(await merge("--only", good, "--conflicts", "take-old")).toMatchObject({
        exitCode: 0,
        counts: {
          "only-in-old": { merged: 10, "left-out": 1 },
          changed: { replaced: 10, "left-out": 5 },
        },
      });
      expect(await pricesIn(account, restored.target)).toEqual(table.acknowledged);
      await accounts.tell("dev", ["plan", "--env", "dev"]);
    });
  });

  it("are kept as evidence, and written where somebody wants them", async () => {
    const { stdout } = await run("list", "--json");
    expect(
      JSON.parse(stdout).drills.map(
        (one: { started: { scenario: string } }) => one.started.scenario,
      ),
    ).toEqual(["items-corrupted"]);
    const files = (await readdir(reports)).sort();
    expect(files).toHaveLength(2);
    const markdown = files.filter((name) => name.endsWith(".md")).at(0) ?? "";
    expect(await readFile(path.join(reports, markdown), "utf8")).toMatch(
      /^# Drill 1: items-corrupted of product in dev\n[\s\S]*## Timeline/,
    );
  });

  describe("and sit, whose account has nothing", () => {
    const consent = ["--confirm", "deploy", "--json"];
    const rebuild = (...args: string[]) =>
      accounts.run("sit", ["dr", "rebuild", "--env", "sit", ...args]);

    /** Runs it until it says that a step is done, and kills it then. */
    async function killedAfter(step: RegExp): Promise<void> {
      const args = ["dr", "rebuild", "--env", "sit", ...consent];
      const child = await accounts.start("sit", args);
      createInterface(child.stderr as NodeJS.ReadableStream).on("line", (line) => {
        if (step.test(line)) child.kill("SIGKILL");
      });
      expect(await once(child, "exit"), String(step)).toEqual([null, "SIGKILL"]);
    }

    beforeAll(async () => {
      await accounts.tell("dev", ["verify", "--env", "dev"]);
      // What AWS keeps where everything else is gone: a backup of the table.
      const { account } = accounts.target("sit");
      const TableName = "products-sit";
      await account.table("CreateTable", {
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        ...(await tableShape("products-dev")),
      });
      for (const id of ["PROD-AAAAAA", "PROD-BBBBBB"]) {
        const Item = { PK: { S: `PRODUCT#${id}` }, SK: { S: "METADATA" } };
        await account.table("PutItem", { TableName, Item });
      }
      await account.table("CreateBackup", { TableName, BackupName: "lambdakit-before" });
      await account.table("DeleteTable", { TableName });
    }, 300_000);

    async function tableShape(name: string) {
      const { Table } = await accounts
        .target("dev")
        .account.table("DescribeTable", { TableName: name });
      const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] } = Table;
      const indexes = GlobalSecondaryIndexes.map(
        ({ IndexName, KeySchema: keys, Projection }: Record<string, unknown>) => ({
          IndexName,
          KeySchema: keys,
          Projection,
        }),
      );
      return {
        KeySchema,
        AttributeDefinitions,
        ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
      };
    }

    it("is told what would be done, and changes nothing", async () => {
      const { exitCode, stdout, stderr } = await rebuild("--dry-run");
      expect(exitCode, stderr).toBe(0);
      expect(stdout).toMatch(
        /^sit: release \w{12} comes back from dev\n 1 prepare 815856636111[\s\S]*restore products-sit from the backup[\s\S]*verify the service\n/,
      );
      expect(await rebuild()).toMatchObject({ exitCode: 77 });
    });

    it("comes back by one command, though that is killed before anybody has looked", async () => {
      const started = performance.now();
      await killedAfter(/^looked whether Lambda has/);
      const { account } = accounts.target("sit");
      const history = await accounts.run("sit", ["releases", "history", "--env", "sit", "--json"]);
      accounts.target("sit").url = JSON.parse(history.stdout).operations[0].applied.url;
      await accounts.serve("sit");
      const told = await accounts.tell("sit", [
        "dr",
        "rebuild",
        "--env",
        "sit",
        ...consent.slice(0, 2),
      ]);
      say(`rebuilt in ${((performance.now() - started) / 1_000).toFixed(0)} s, killed once`);
      expect(told).toMatchObject({
        outcome: "live",
        goesOn: true,
        tables: [{ name: "products-sit", source: { kind: "backup" } }],
        verification: { passed: true },
      });
      const { Count } = await account.table("Scan", { TableName: "products-sit" });
      expect(Count).toBeGreaterThanOrEqual(2);
      await accounts.tell("sit", ["plan", "--env", "sit"]);
      expect(JSON.parse((await rebuild(...consent)).stdout)).toMatchObject({
        outcome: "already-live",
      });
    }, 900_000);

    it("is no account to be rebuilt once it has another history", async () => {
      await accounts.tell("sit", ["verify", "--env", "sit"]);
      expect(await rebuild(...consent)).toMatchObject({
        exitCode: 77,
        stdout: expect.stringContaining("REBUILD_NOT_EMPTY"),
      });
    });

    /** Where the API answers that the rebuild of an emptied account has made. */
    async function newUrl(old: string): Promise<string> {
      const { account, plan } = accounts.target("sit");
      const bucket = plan.deployment.artifactBucket;
      for (;;) {
        await setTimeout(200);
        const list = `/${bucket}?list-type=2&prefix=${plan.deployment.history}`;
        // Until then there is no bucket.
        const listed = await account.ask("s3", list).then((answer) => answer.text(), String);
        const applied = /<Key>([^<]*applied\.json)<\/Key>/.exec(listed)?.[1];
        if (applied === undefined) continue;
        const { url } = await account
          .json("s3", `/${bucket}/${applied}`)
          .catch(() => ({ url: old }));
        if (url !== old) return url;
      }
    }

    it("is lost as a whole by a drill, and comes back with what was written last", async () => {
      const sit = accounts.target("sit");
      const old = sit.served;
      if (old === undefined) throw new Error("sit is not served");
      const steady = await openSteadyAddress(old.url);
      sit.served = { ...old, url: steady.url };
      let again: Promise<unknown> | undefined;
      const rebuilt = async () => {
        steady.hold();
        await old.stop();
        sit.url = await newUrl(sit.url);
        steady.lead((await accounts.serve("sit")).url);
      };
      try {
        const words = ["account-empty", "--env", "sit", "--confirm", "deploy", "--report", reports];
        const { exitCode, stdout, stderr } = await accounts.run(
          "sit",
          ["dr", "drill", ...words, "--json"],
          (line) => {
            if (!line.includes("the loss began")) return;
            again = rebuilt();
            again.catch(() => {}); // It is waited for below.
          },
        );
        await again;
        expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
        const [report]: DrillReport[] = JSON.parse(stdout).reports;
        expect({ exitCode, report }, `${stdout}\n${stderr}`).toMatchObject({
          exitCode: 0,
          report: {
            recovered: true,
            manualSteps: 0,
            table: { before: "products-sit", after: "products-sit" },
            heartbeats: { acknowledged: 25, recovered: 25 },
            rpo: { met: true, kind: "simulated" },
            rto: { met: true, kind: "simulated" },
          },
        });
        for (const { at, what } of report?.timeline ?? []) say(`${at} ${what}`);
        say(`account-empty: RPO ${report?.rpo.seconds} s, RTO ${report?.rto.seconds} s, simulated`);
      } finally {
        await steady.stop();
      }
    }, 900_000);

    it("has nothing left of that drill but its report: another API, the items of before, an empty plan", async () => {
      const { account, plan } = accounts.target("sit");
      const { Count } = await account.table("Scan", { TableName: "products-sit" });
      expect(Count).toBeGreaterThanOrEqual(2);
      await accounts.tell("sit", ["plan", "--env", "sit"]);
      const listed = await accounts.run("sit", ["dr", "drill", "list", "--env", "sit", "--json"]);
      expect(JSON.parse(listed.stdout).drills).toMatchObject([
        { number: 1, isEmptied: true, report: { recovered: true } },
      ]);
      const kept = path.join(accounts.service, ".lambdakit", "drills", "product", "sit");
      await expect(readdir(kept)).rejects.toMatchObject({ code: "ENOENT" });
      const key = "drills/product/sit/000001/report.md";
      const markdown = await account.ask("s3", `/${plan.deployment.artifactBucket}/${key}`);
      expect(await markdown.text()).toMatch(
        /^# Drill 1: account-empty of product in sit\n[\s\S]*Recovered by: `lambdakit dr rebuild --release \w{12}`/,
      );
    });
  });
});
