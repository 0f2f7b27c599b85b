/** The commands that go to an environment, with an emulator for AWS and a fake for Terraform. */
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { plantService } from "../../../test/deployed/planted/plant-service.ts";
import { type FakeTerraform, fakeTerraform } from "../../../test/fake-terraform.ts";
import { plantLogs } from "../../../test/planted-logs.ts";
import { productCopy } from "../../../test/product-copy.ts";
import { productPlan } from "../../../test/product-plan.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { withVariables } from "../../../test/variables.ts";
import { findMoto, type Moto, startMoto } from "../../emulator/start-moto.ts";

const lacks = findMoto();
if (lacks.length > 0) {
  process.stderr.write(`Nothing is deployed with a fake Terraform: ${lacks.join("; ")}.\n`);
}

const dev = productPlan("dev");

const planned = (addr: string, type: string, action: string) => ({
  type: "planned_change",
  change: { action, resource: { addr, resource_type: type } },
});
const role = "aws_iam_role.a";
const functionsAt = (version: string) =>
  Object.fromEntries(dev.functions.map(({ key, name }) => [key, { name, version }]));
const table = 'module.table["products"].aws_dynamodb_table.disposable[0]';

describe.skipIf(lacks.length > 0)("lambdakit, in an account", { timeout: 60_000 }, () => {
  let moto: Moto;
  let restore: () => void;
  let directory: string;
  let terraform: FakeTerraform;

  beforeAll(async () => {
    directory = await productCopy();
    moto = await startMoto(dev.region, dev.accountId);
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
    // What the fake applies is there already: the functions, of the zips that will be deployed.
    const { stdout } = await lambdakit(["package", "--service", directory, "--json"]);
    const zips = JSON.parse(stdout).functions.map(
      async (one: { function: string; zip: string }) => {
        return [one.function, { zip: await readFile(one.zip) }] as const;
      },
    );
    await plantService(moto, dev, { functions: Object.fromEntries(await Promise.all(zips)) });
  });

  afterAll(async () => {
    restore?.();
    await moto?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await rm(path.join(directory, ".lambdakit/terraform"), { recursive: true, force: true });
    terraform = await fakeTerraform({
      version: { out: [{ terraform_version: "1.11.4" }] },
      plan: { out: [planned(role, "aws_iam_role", "create")] },
      show: {
        out: [
          {
            resource_changes: [
              {
                address: role,
                type: "aws_iam_role",
                mode: "managed",
                change: { actions: ["create"] },
              },
            ],
          },
        ],
      },
      output: {
        out: [{ url: { value: "https://api.example/v1" }, functions: { value: functionsAt("1") } }],
      },
    });
    const PATH = [path.dirname(terraform.program), process.env.PATH].join(path.delimiter);
    onTestFinished(withVariables({ PATH }));
  });

  const run = (...args: string[]) => lambdakit([...args, "--service", directory]);
  const commands = async () =>
    (await terraform.calls()).map(([command]) => command).filter((one) => one !== "version");

  it("shows what deploy would change, and ends with 2", async () => {
    const { exitCode, stdout, stderr } = await run("plan");
    expect([exitCode, stdout]).toEqual([2, "+ aws_iam_role.a\n\n1 to create\n"]);
    expect(stderr).toMatch(
      /^read service\.ts .*\nis user\/moto of \d{12} .*\npackaged 6 functions .*\nprepared Terraform .*\nplanned .*\nNobody hears of alarms: .*\nNext: lambdakit deploy --env dev --saved\n$/,
    );
    await terraform.answer("plan", {});
    expect(await run("plan")).toMatchObject({ exitCode: 0, stdout: "No changes.\n" });
  });

  it("deploys what it has planned, and prints where the API answers", async () => {
    const { exitCode, stdout, stderr } = await run("deploy", "--skip-verify");
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/^dev: release \w{12}: 1 created\nhttps:\/\/api\.example\/v1\n$/),
    ]);
    expect(stderr).toMatch(
      /\n\+ aws_iam_role\.a\n\n1 to create\nNobody hears of alarms: .*\nThere is no release to go back to: none is live yet\.\nuploaded 0 new zips .*\nrecorded the release .*\napplied .*\nasked what there is .*\nlooked whether Lambda has what the release says .*\n$/,
    );
    expect(await commands()).toEqual(["init", "plan", "apply", "output"]);
  });

  it("deploys nothing where the functions are other ones than those of the release", async () => {
    const functions = { value: functionsAt("7") };
    await terraform.answer("output", { out: [{ url: { value: null }, functions }] });
    const { exitCode, stderr } = await run("deploy", "--skip-verify");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /\nerror RELEASE_DIGEST_DIFFERS\n.* The traffic was not moved\.\n {2}bbws-product-\w+-dev:7 is not there, the release says \w{12}\n/,
    );
  });

  it("reads the log lines of a release's versions, and of no others", async () => {
    const [lambda] = dev.functions;
    const group = lambda?.logGroup.name ?? "";
    const line = (version: string) => {
      const stream = `2026/11/27/[${version}]5e0f`;
      return { group, stream, timestamp: Date.now() - 60_000, message: `of version ${version}` };
    };
    await plantLogs(moto.url, dev.region, [group], [line("1"), line("11"), line("2")]);
    const [release] = JSON.parse((await run("releases", "--json")).stdout).releases;
    const { stdout, exitCode } = await run("logs", "--release", release.id.slice(0, 6), "--json");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ message: "of version 1" });
    expect(await run("logs", "--release", "0000")).toMatchObject({ exitCode: 64 });
  });

  it("applies nothing where nothing changes", async () => {
    await terraform.answer("plan", {});
    const { exitCode, stdout } = await run("deploy", "--skip-verify", "--json");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      environment: "dev",
      release: expect.stringMatching(/^[0-9a-f]{12}$/),
      outcome: "live",
      url: "https://api.example/v1",
      changes: [],
      outputs: { url: "https://api.example/v1" },
    });
    expect(await commands()).toEqual(["init", "plan", "output"]);
  });

  it("deploys a saved plan without another one, once", async () => {
    await run("plan");
    expect((await run("deploy", "--saved", "--skip-verify")).exitCode).toBe(0);
    expect(await commands()).toEqual(["init", "plan", "show", "apply", "output"]);
    const again = await run("deploy", "--saved");
    expect(again.exitCode).toBe(64);
    expect(again.stderr).toContain("error DEPLOY_NO_SAVED_PLAN");
  });

  it("applies nothing that loses data and nobody has agreed to; then exactly that", async () => {
    await terraform.answer("plan", { out: [planned(table, "aws_dynamodb_table", "delete")] });
    const change = { actions: ["delete"] };
    const shown = { address: table, type: "aws_dynamodb_table", mode: "managed", change };
    await terraform.answer("show", { out: [{ resource_changes: [shown] }] });
    const refused = await run("deploy");
    expect(refused.exitCode).toBe(77);
    expect(refused.stderr).toContain(`\n- ${table}  delete\n    ALL ITS DATA IS LOST\n`);
    expect(refused.stderr).toContain("\nerror DEPLOY_LOSES_DATA\n");
    expect(await commands()).not.toContain("apply");
    const agreed = await run("deploy", "--saved", "--allow-data-loss", "--skip-verify");
    expect(agreed.exitCode).toBe(0);
    expect((await commands()).slice(2)).toEqual(["show", "apply", "output"]);
  });

  it("tells the next run what a failed apply had done", async () => {
    const hook = { resource: { addr: role }, action: "create", elapsed_seconds: 1 };
    const failed = { ...hook, resource: { addr: "aws_iam_role.b" } };
    const out = [
      { type: "apply_complete", hook },
      { type: "apply_errored", hook: failed },
    ];
    await terraform.answer("apply", { out, status: 1 });
    expect((await run("deploy")).exitCode).toBe(1);
    await terraform.answer("apply", {});
    expect((await run("deploy", "--skip-verify")).stderr).toContain(
      "\nThe last apply did not come to its end. Changes that it had made: 1, the last: create aws_iam_role.a\nIt could not create aws_iam_role.b\n",
    );
    expect((await run("plan")).stderr).not.toContain("The last apply");
  });

  it("refuses credentials of another account before it builds anything", async () => {
    for (const args of [
      ["plan", "--env", "sit"],
      ["promote", "--to", "sit", "--confirm", "deploy"],
      ["rollback", "--env", "sit", "--confirm", "deploy"],
      ["releases", "--env", "sit"],
    ]) {
      const { exitCode, stdout, stderr } = await run(...args);
      expect([exitCode, stdout]).toEqual([77, ""]);
      expect(stderr).toMatch(/^read service\.ts .*\nerror AWS_WRONG_ACCOUNT\n/);
    }
    expect(await commands()).toEqual([]);
  });

  it("destroys only what was shown, and confirmed", async () => {
    await terraform.answer("plan", { out: [planned(role, "aws_iam_role", "delete")] });
    const shown = await run("destroy");
    expect([shown.exitCode, shown.stdout]).toEqual([77, ""]);
    expect(shown.stderr).toContain("\n- aws_iam_role.a  delete\n\n1 to delete\n");
    expect(shown.stderr).toContain("fix: lambdakit destroy --env dev --confirm destroy\n");
    expect((await terraform.calls()).at(-1)).toContain("-destroy");
    expect(await run("destroy", "--confirm", "destroy")).toMatchObject({
      exitCode: 0,
      stdout: "dev: 1 deleted\n",
    });
    await terraform.answer("plan", {});
    expect(await run("destroy")).toMatchObject({ exitCode: 0, stdout: "dev: no changes\n" });
    expect(JSON.parse((await run("destroy", "--json")).stdout).changes).toEqual([]);
  });

  it("takes away the lock that is named", async () => {
    expect(await run("unlock", "8d5f7a0c")).toMatchObject({
      exitCode: 0,
      stdout: "dev is unlocked.\n",
    });
    expect((await terraform.calls()).at(-1)).toEqual(["force-unlock", "-force", "8d5f7a0c"]);
    const { stdout } = await run("unlock", "8d5f7a0c", "--json");
    expect(JSON.parse(stdout)).toEqual({ environment: "dev", unlocked: "8d5f7a0c" });
  });

  it("prepares an account, or says what that would change", async () => {
    expect(await run("bootstrap", "--plan")).toMatchObject({
      exitCode: 2,
      stdout: "+ aws_iam_role.a\n\n1 to create\n",
    });
    expect(await commands()).not.toContain("apply");
    const { exitCode, stdout, stderr } = await run("bootstrap");
    expect([exitCode, stdout]).toEqual([0, `${dev.accountId}: 1 created\n`]);
    expect(stderr).toContain(`\nmade the bucket ${dev.deployment.stateBucket} `);
    expect(stderr).toMatch(/\nNext: lambdakit deploy --env dev\n$/);
    await terraform.answer("plan", {});
    const again = await run("bootstrap", "--plan", "--json");
    expect(again.exitCode).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ accountId: dev.accountId, changes: [] });
  });
});
