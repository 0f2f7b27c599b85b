/**
 * A service's life in one account, by the commands: prepared, deployed, changed, cut off, destroyed. Real
 * Terraform, the real AWS provider, an emulator of AWS.
 */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cloud, cloudLacks, ownProvider, startCloud } from "../../cloud.ts";
import { productCopy, replaced } from "../../product-copy.ts";
import { isLacking } from "../../terraform.ts";

const isSkipped = isLacking(cloudLacks(), "Nothing is deployed to an emulator");
const dev = "536580886816";

describe.skipIf(isSkipped)("a service in its account", { timeout: 240_000 }, () => {
  let cloud: Cloud;
  let service: string;

  beforeAll(async () => {
    [cloud, service] = await Promise.all([startCloud("eu-west-1"), productCopy()]);
  }, 120_000);

  afterAll(async () => {
    await cloud?.stop();
    if (service !== undefined) await rm(service, { recursive: true, force: true });
  });

  it("cannot be planned before the account is prepared, which is said with the command for it", async () => {
    expect(await run("plan")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /TERRAFORM_NOT_BOOTSTRAPPED[\s\S]*fix: lambdakit bootstrap --env dev/,
      ),
    });
  });

  it("is prepared for once: a second bootstrap has nothing to do", async () => {
    const bootstrapped = await cloud.lambdakit(dev, args("bootstrap"), ownProvider);
    expect(bootstrapped).toMatchObject({
      exitCode: 0,
      stdout: `${dev}: 37 created, 1 updated\n`,
    });
    expect(await run("bootstrap", "--plan")).toMatchObject({
      exitCode: 0,
      stdout: "No changes.\n",
    });
  });

  it("is deployed to its end even where the command is killed half-way, and says so the next time", async () => {
    const child = await cloud.start(dev, args("deploy", "--skip-verify"), ownProvider);
    const journal = path.join(service, ".lambdakit/terraform/dev/apply.jsonl");
    await until(async () => existsSync(journal) && (await readFile(journal, "utf8")) !== "");
    child.kill("SIGKILL");
    await once(child, "exit");

    // Terraform goes on without it, and nobody else may change anything meanwhile.
    const refused = await deploy();
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /TERRAFORM_LOCKED\n.*holds the lock of dev since .*, for apply\.\n.*lambdakit unlock --env dev [\w-]+/,
      ),
    });
    let carriedOn = refused;
    await until(async () => {
      carriedOn = await deploy();
      return carriedOn.exitCode === 0;
    });
    expect(carriedOn.stderr).toMatch(
      /The last apply went on without its command, to its end\. Changes that it had made: 83, the last: create module\./,
    );
    expect(carriedOn.stdout).toMatch(/https:\S+\/v1\n$/);
  });

  it("is the same where it is applied from a copy of the stack that is the service's own", async () => {
    expect(
      await cloud.lambdakit(dev, ["eject", "--only", "terraform", "--service", service]),
    ).toMatchObject({
      exitCode: 0,
    });
    expect(await run("plan")).toMatchObject({ exitCode: 0, stdout: "No changes.\n" });
    await rm(path.join(service, "terraform"), { recursive: true });
  });

  it("gets another memory size from the plan that was saved and shown, and not from one that is out of date", async () => {
    await edit("memoryMb: 256", "memoryMb: 512");
    const planned = await run("plan");
    expect(planned.exitCode).toBe(2);
    expect(planned.stdout).toMatch(
      /~ module\.function\["get"\]\.aws_lambda_function\.this\n {4}memory_size {2}256 -> 512\n/,
    );
    expect(planned.stdout).toMatch(/\n\n5 to update\n$/);

    await edit("memoryMb: 512", "memoryMb: 1024");
    expect(await deploy("--saved")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/DEPLOY_PLAN_STALE\n.*: the manifest changed\./),
    });
    await edit("memoryMb: 1024", "memoryMb: 512");
    const deployed = await deploy("--saved", "--json");
    expect(deployed.exitCode, deployed.stderr).toBe(0);
    // A new version is there; which one answers is up to releases.
    expect(JSON.parse(deployed.stdout).outputs.functions.get).toMatchObject({
      version: "2",
      alias: "live",
    });
    expect(await deploy("--saved")).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining("DEPLOY_NO_SAVED_PLAN"),
    });
  });

  it("loses no data unless somebody says so", async () => {
    await edit('partitionKey: "PK"', 'partitionKey: "ID"');
    const refused = await deploy();
    expect(refused).toMatchObject({
      exitCode: 77,
      stderr: expect.stringMatching(
        /DEPLOY_LOSES_DATA[\s\S]*module\.table\["products"\]\.aws_dynamodb_table\.disposable\[0\]/,
      ),
    });
    expect(refused.stderr).toMatch(
      /± module\.table\["products"\].*replace\n {4}ALL ITS DATA IS LOST/,
    );
    await edit('partitionKey: "ID"', 'partitionKey: "PK"');
  });

  it("gets another route, and loses a function that service.ts no longer has", async () => {
    const source = await readFile(path.join(service, "service.ts"), "utf8");
    await edit(
      source.slice(source.indexOf("    delete: {"), source.indexOf("  sampleData:")),
      "  },\n\n",
    );
    await edit(
      'routes: ["GET /v1.0/products/{productId}"]',
      'routes: ["GET /v1.0/items/{productId}"]',
    );
    const { exitCode, stderr } = await deploy();
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toMatch(
      /\+ module\.api\[0\]\.aws_lambda_permission\.route\["GET \/v1\.0\/items\/\{productId\}"\]/,
    );
    expect(stderr).toMatch(/- module\.function\["delete"\]\.aws_lambda_function\.this {2}delete/);
  });

  it("is destroyed in dev by who says destroy, and by nobody in prod", async () => {
    expect(await run("destroy")).toMatchObject({
      exitCode: 77,
      stderr: expect.stringContaining("fix: lambdakit destroy --env dev --confirm destroy"),
    });
    const destroyed = await run("destroy", "--confirm", "destroy");
    expect(destroyed).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^dev: \d+ deleted\n$/),
    });
    const { stdout } = await run("releases");
    expect(stdout).toMatch(/^dev: 3 releases; .*\n( {2}\w{12} .* {2}not verified\n){3}$/);
    expect(await cloud.lambdakit(dev, ["destroy", "--env", "prod"])).toMatchObject({
      exitCode: 77,
      stderr: expect.stringContaining("DEPLOY_PROTECTED"),
    });
  });

  it("is refused credentials of another account, before anything is built", async () => {
    expect(await cloud.lambdakit("111111111111", args("deploy"))).toMatchObject({
      exitCode: 77,
      stdout: "",
      stderr: expect.stringMatching(
        /AWS_WRONG_ACCOUNT\n.*\n.*dev is the account 536580886816, and the credentials are of 111111111111/,
      ),
    });
  });

  function args(command: string, ...more: string[]): string[] {
    return [command, "--service", service, "--env", "dev", ...more];
  }

  function run(command: string, ...more: string[]) {
    return cloud.lambdakit(dev, args(command, ...more));
  }

  /** Nothing answers in the emulator: it is looked at nothing but what Terraform and Lambda say. */
  function deploy(...more: string[]) {
    return run("deploy", "--skip-verify", ...more);
  }

  async function edit(from: string, to: string): Promise<void> {
    const file = path.join(service, "service.ts");
    await writeFile(file, replaced(await readFile(file, "utf8"), from, to));
  }
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await setTimeout(100);
}
