/** What runbooks say to do when something has happened, done to the last step: in dev, with the real Terraform, on an emulator. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DrillReport, isPassed } from "../../../src/drill/index.ts";
import { startPercentileProxy } from "../../../src/emulator/index.ts";
import { environmentNames } from "../../../src/manifest/index.ts";
import { type RunbookName, runbookNames, runbookOf } from "../../../src/runbook/index.ts";
import { cloudLacks } from "../../cloud.ts";
import { CorruptedTable, pricesIn } from "../../deployed/corrupted-table.ts";
import { inSimulator } from "../../deployed/in-simulator.ts";
import { say } from "../../deployed/step-times.ts";
import { openThreeAccounts, type ThreeAccounts } from "../../deployed/three-accounts.ts";
import { useProcesses } from "../../process-environments.ts";
import { productPlan } from "../../product-plan.ts";
import { secondReleases } from "../../product-releases.ts";
import { isLacking } from "../../terraform.ts";

const isSkipped = isLacking(cloudLacks(), "No runbook is gone through to its end");

/** What `test/integration/runbooks.test.ts` and a rehearsal go through, and what asks GitHub. */
const elsewhere = /^(development .*|ci-cd (install|test|merge|watch|runs|deployments))$/;

/** The source of the first release. */
const asItWas = Object.fromEntries(
  Object.keys(secondReleases.good).map((file) => [file, (text: string) => text]),
);

describe.skipIf(isSkipped)("what runbooks say to do", { timeout: 600_000 }, () => {
  const processes = useProcesses();
  let accounts: ThreeAccounts;
  let percentiles: Awaited<ReturnType<typeof startPercentileProxy>>;
  const gone = new Set<string>();

  beforeAll(async () => {
    accounts = await openThreeAccounts(processes.bootstrap);
    const dev = accounts.target("dev");
    // The emulator knows no percentiles, which alarms and figures ask for.
    percentiles = await startPercentileProxy(dev.account.endpoint);
    dev.endpoint = percentiles.url;
    // By this it knows where in the repository it is.
    await mkdir(path.join(accounts.service, "../../.git"));
    await accounts.run("dev", ["generate"]);
  }, 120_000);

  afterAll(async () => {
    await accounts?.target("dev").served?.stop();
    percentiles?.stop();
    await accounts?.stop();
  });

  /** Goes through a section, or through what is a matter of course. @returns what each step has said on stdout, by its id */
  async function follow(
    name: RunbookName,
    section: string | undefined,
    ...more: readonly string[]
  ): Promise<Record<string, string>> {
    const words = ["runbook", "run", name, ...(section === undefined ? [] : [section])];
    const { exitCode, stdout, stderr } = await accounts.run("dev", [
      ...[...words, "--env", "dev", "--yes", "--done", "--json"],
      ...more,
    ]);
    const { outcome, steps } = JSON.parse(stdout) as {
      readonly outcome: string;
      readonly steps: readonly { readonly id: string; readonly said: string }[];
    };
    expect([exitCode, outcome], `${words.join(" ")}\n${stdout}\n${stderr}`).toEqual([0, "passed"]);
    for (const { id } of steps) gone.add(`${name} ${id}`);
    return Object.fromEntries(steps.map(({ id, said }) => [id, said]));
  }

  it("prepares an empty account, and brings a release to it", async () => {
    expect(await follow("deployment", "new-account")).toMatchObject({
      "bootstrap-plan": expect.stringContaining("\n38 to create\n"),
      bootstrap: "536580886816: 37 created, 1 updated\n",
    });
    const { url } = await accounts.tell("dev", ["deploy", "--skip-verify"]);
    accounts.target("dev").url = url;
    await accounts.serve("dev");
    await accounts.edit(secondReleases.good);
    expect(await follow("deployment", undefined)).toMatchObject({
      preview: expect.stringContaining("\n5 to update\n"),
      deploy: expect.stringMatching(/^dev: release \w{12}: 5 updated\n/),
      verify: expect.stringMatching(/\nAll \d+ checks passed at http/),
      status: expect.stringMatching(/^product in dev: healthy\n/),
      alarms: expect.stringMatching(/^dev: 23 alarms, 0 firing/),
    });
    await follow("deployment", "pipeline");
  });

  it("shows how the service is, by its alarms, figures, logs, settings and backups", async () => {
    expect(await follow("operations", undefined)).toMatchObject({
      status: expect.stringMatching(/^product in dev: healthy\n/),
      history: expect.stringMatching(/deploy \w{12} after \w{12}\n/),
    });
    expect(await follow("operations", "alarms")).toMatchObject({
      "which-alarm": expect.stringMatching(/^dev: 23 alarms, 0 firing/),
    });
    expect(await follow("operations", "figures")).toMatchObject({
      metrics: expect.stringMatching(/\nlist +Invocations /),
      "metrics-by-route": expect.stringMatching(/\nGET \/v1\.0\/products +Latency p99 /),
    });
    expect(await follow("operations", "api")).toMatchObject({
      verify: expect.stringContaining(" checks passed at http"),
    });
    expect(await follow("operations", "configuration")).toMatchObject({
      explain: expect.stringMatching(/\nfunction +bbws-product-list-dev /),
      drift: expect.stringMatching(/^product in dev: healthy\n/),
    });
    expect(await follow("operations", "performance")).toMatchObject({
      durations: expect.stringMatching(/\nlist +Duration p99 /),
      cost: expect.stringMatching(/\nTogether +\d/),
    });
    expect(await follow("operations", "data")).toMatchObject({
      "backup-now": expect.stringMatching(/^dev: lambdakit-products-dev-/),
      "backups-after": expect.stringContaining("within the RPO of 60"),
    });
  });

  it("goes through what the pipeline does, on a laptop", async () => {
    expect(await follow("ci-cd", undefined, "--from", "derived")).toMatchObject({
      audit: expect.stringContaining("No findings."),
      plan: "No changes.\n",
    });
  });

  it("leads callers back to the release before, and forward again", async () => {
    const back = await follow("deployment", "rollback");
    expect(back["rollback-preview"]).toBe(`${back.rollback?.trim()}; nothing was changed\n`);
    const forward = await follow("ci-cd", "rollback");
    expect(forward.rollback).toMatch(/^dev: release \w{12}\n$/);
    expect(forward.rollback).not.toBe(back.rollback);
    const broken = await follow("disaster-recovery", "function-broken");
    expect(broken.rollback).toBe(back.rollback);
  });

  it("brings back a table that was deleted", async () => {
    const { account } = accounts.target("dev");
    await account.table("DeleteTable", { TableName: "products-dev" });
    expect(await follow("disaster-recovery", "table-lost")).toMatchObject({
      "restore-preview": expect.stringMatching(/^dev: products-dev is not there\n/),
      restore: expect.stringMatching(/^dev: products-dev is restored from the backup\n/),
      "verify-restored": expect.stringContaining(" checks passed at http"),
    });
  });

  it("takes a table back to the moment before it was damaged, and merges what was written since", async () => {
    await inSimulator(accounts.target("dev"), async (account) => {
      const table = new CorruptedTable(account, "products-dev");
      await table.write(0, 3, "1.00");
      const moment = await table.moment();
      await table.write(3, 5, "2.00");
      const said = await follow("disaster-recovery", "table-damaged", "--to", moment);
      const [target = ""] = /products-dev-restored-\d{8}-\d{6}/.exec(said.merge ?? "") ?? [];
      expect(said["restore-to-moment"]).toContain(`dev: ${target} is restored from\n`);
      expect(await pricesIn(account, target)).toMatchObject(table.acknowledged);
    });
  });

  it("rehearses it, and says what came of it", async () => {
    expect(await follow("disaster-recovery", "drill")).toMatchObject({
      "drill-function-broken": expect.stringMatching(/^Drill 1 of dev, function-broken: passed\n/),
      "drill-table-lost": expect.stringMatching(/^Drill 2 of dev, table-lost: passed\n/),
    });
    const { stdout } = await accounts.run("dev", ["dr", "drill", "list", "--env", "dev", "--json"]);
    const reports: DrillReport[] = JSON.parse(stdout).drills.map(
      (one: { report: DrillReport }) => one.report,
    );
    for (const { scenario, rpo, rto } of reports) {
      say(`${scenario}: RPO ${rpo.seconds} s, RTO ${rto.seconds} s, simulated`);
    }
    expect(reports.map(isPassed)).toEqual([true, true]);
    expect(reports).toMatchObject([
      {
        scenario: "table-lost",
        manualSteps: 0,
        rpo: { kind: "simulated", met: true },
        rto: { kind: "simulated", met: true },
      },
      {
        scenario: "function-broken",
        manualSteps: 0,
        heartbeats: { acknowledged: 25, recovered: 25 },
        rto: { kind: "simulated", met: true },
      },
    ]);
    // What Terraform knows of it is as it was, of the release that callers were led back to.
    await accounts.edit(asItWas);
    await accounts.tell("dev", ["plan", "--env", "dev"]);
    expect(await follow("disaster-recovery", undefined)).toMatchObject({
      drills: expect.stringMatching(/table-lost [\s\S]*function-broken /),
    });
    expect(await follow("disaster-recovery", "afterwards")).toMatchObject({
      "status-after": expect.stringMatching(/^product in dev: healthy\n/),
    });
  });

  it("has no step left that is not tried here or elsewhere", () => {
    const plans = environmentNames.map(productPlan);
    const all = runbookNames.flatMap((name) =>
      runbookOf(name, plans, "dev").sections.flatMap(({ procedure }) =>
        (procedure?.steps ?? []).map(({ id }) => `${name} ${id}`),
      ),
    );
    const left = all.filter((step) => !gone.has(step) && !elsewhere.test(step));
    expect(left).toEqual([]);
  });
});
