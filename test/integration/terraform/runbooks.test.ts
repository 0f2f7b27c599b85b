/** Runbooks gone through as they are written, in an emulator of AWS: their commands, in their order, with what they say. */
import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EnvironmentName } from "../../../src/plan/index.ts";
import { cloudLacks } from "../../cloud.ts";
import { say } from "../../deployed/step-times.ts";
import { openThreeAccounts, type ThreeAccounts } from "../../deployed/three-accounts.ts";
import { useProcesses } from "../../process-environments.ts";
import { secondReleases } from "../../product-releases.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { isLacking } from "../../terraform.ts";

const isSkipped = isLacking(cloudLacks(), "No runbook is gone through in an account");

interface Gone {
  readonly outcome: string;
  readonly steps: readonly {
    readonly id: string;
    readonly said: string;
    readonly exitCode: number;
  }[];
}

describe.skipIf(isSkipped)("the runbooks", { timeout: 900_000 }, () => {
  const processes = useProcesses();
  const { PATH } = process.env;
  let accounts: ThreeAccounts;

  beforeAll(async () => {
    // What npm and gh do is not ours to test: they say how they were called.
    const program = '#!/bin/sh\necho "${0##*/} $*"\n';
    const folder = await temporaryFolder({ npm: program, gh: program });
    for (const name of ["npm", "gh"]) await chmod(path.join(folder, name), 0o755);
    process.env.PATH = `${folder}:${PATH}`;
    accounts = await openThreeAccounts(processes.bootstrap);
    await mkdir(path.join(accounts.service, "../../.git"));
    await accounts.run("dev", ["generate"]);
    for (const name of ["dev", "sit"] as const) {
      await goThrough(name, "deployment", "new-account");
      const arrive = name === "dev" ? ["deploy"] : ["promote", "--confirm", "deploy"];
      const { url } = await accounts.tell(name, [...arrive, "--skip-verify"]);
      accounts.target(name).url = url;
      await accounts.serve(name);
      await accounts.tell(name, ["verify", "--env", name]);
    }
    await accounts.edit(secondReleases.good);
  }, 900_000);

  afterAll(async () => {
    process.env.PATH = PATH;
    for (const name of ["dev", "sit"] as const) await accounts?.target(name).served?.stop();
    await accounts?.stop();
  });

  /** Runs one, which has to pass, and gives what each step has said. */
  async function goThrough(name: EnvironmentName, ...book: string[]): Promise<Map<string, string>> {
    const words = name === "dev" ? ["--yes"] : ["--confirm", "deploy"];
    const args = ["runbook", "run", ...book, "--env", name, ...words, "--done", "--json"];
    const { exitCode, stdout, stderr } = await accounts.run(name, args);
    expect(exitCode, `${book.join(" ")} in ${name}\n${stdout}\n${stderr}`).toBe(0);
    const { outcome, steps }: Gone = JSON.parse(stdout);
    expect(outcome).toBe("passed");
    say(`${book.join(" ")} in ${name}: ${steps.map(({ id }) => id).join(", ")}`);
    return new Map(steps.map(({ id, said }) => [id, said]));
  }

  it("of deployment: a release comes to dev, the same one to sit by the plan that was shown, and callers go back", async () => {
    const dev = await goThrough("dev", "deployment");
    expect(dev.get("preview")).toContain("to update");
    const [, release] = /^dev: release (\w+)/.exec(dev.get("deploy") ?? "") ?? [];
    expect(dev.get("verify")).toMatch(/^\d+ checks/m);
    const sit = await goThrough("sit", "deployment");
    const [, digest] = /plan (\w{12})/.exec(sit.get("preview") ?? "") ?? [];
    expect(digest).toBeDefined();
    expect(sit.get("promote")).toContain(`sit: release ${release}`);
    const back = await goThrough("dev", "deployment", "rollback");
    expect(back.get("rollback")).toMatch(/^dev: release \w+/);
    expect(back.get("rollback")).not.toContain(release);
  });

  it("of operations: every section, in dev", async () => {
    const daily = await goThrough("dev", "operations");
    expect(daily.get("alarms")).toContain("bbws-product-");
    expect(daily.get("history")).toContain("rollback");
    for (const section of ["alarms", "figures", "api", "configuration", "performance", "data"]) {
      await goThrough("dev", "operations", section);
    }
  });

  it("of disaster recovery: what there is to restore from, a drill, and what is done afterwards", async () => {
    await goThrough("dev", "operations", "data");
    const ready = await goThrough("dev", "disaster-recovery");
    expect(ready.get("backups")).toContain("products-dev");
    const drilled = await goThrough("dev", "disaster-recovery", "drill");
    expect(drilled.get("drill-table-lost")).toMatch(/table-lost: passed/);
    expect(drilled.get("drills-after")).toMatch(/table-lost[\s\S]*function-broken/);
    await goThrough("dev", "disaster-recovery", "afterwards");
  });

  it("of CI/CD: the stages that the workflows run, and what watches them", async () => {
    const stages = await goThrough("dev", "ci-cd");
    expect([stages.get("install"), stages.get("test")]).toEqual(["npm ci\n", "npm test\n"]);
    await goThrough("sit", "ci-cd", "deploy");
    const watched = await goThrough("sit", "ci-cd", "monitoring");
    expect(watched.get("runs")).toMatch(/^gh run list --workflow product-deploy-sit\.yml /);
  });
});
