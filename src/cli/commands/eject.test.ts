import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../../../test/all-commands.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { environmentNames } from "../../manifest/index.ts";
import { loadService } from "../../package/index.ts";
import { checkPipeline } from "../../pipeline/index.ts";
import { planService } from "../../plan/index.ts";

describe("lambdakit eject", { timeout: 60_000 }, () => {
  it("writes what a service needs on its own, and says what it was", async () => {
    const service = await committedService();
    const { exitCode, stdout } = await lambdakit(["eject", "--service", service, "--json"]);
    const told = JSON.parse(stdout);
    expect([exitCode, told.dryRun, told.leftOver]).toEqual([0, false, []]);
    for (const file of told.new) expect(existsSync(path.join(service, file)), file).toBe(true);
    for (const file of told.deleted) expect(existsSync(path.join(service, file)), file).toBe(false);
    const { scripts, dependencies } = JSON.parse(await textOf(service, "package.json"));
    expect(scripts).toMatchObject({ start: "node scripts/start.js", test: "vitest run" });
    expect(dependencies).toMatchObject({ lambdakit: "file:vendor/lambdakit" });
    expect(git(service, "status", "--porcelain", "--", "src", "tests", "service.ts")).toBe("");
  });

  it("leaves workflows with nothing wrong in them but that no lambdakit is there", async () => {
    const service = await committedService();
    const { manifest } = await loadService(service);
    await lambdakit(["eject", "--service", service]);
    const plans = environmentNames.map((name) => planService(manifest, name));
    const names = ["pull-request", "deploy-dev", "deploy-sit", "deploy-prod"];
    const files = names.map(async (name) => {
      const file = `.github/workflows/orders-${name}.yml`;
      return { path: file, text: await textOf(service, file) };
    });
    const findings = checkPipeline(plans, await Promise.all(files), ".");
    expect(findings.filter(({ id }) => !ofLambdakit.includes(id))).toEqual([]);
  });

  it("names every line that says a command of lambdakit, and is somebody's own", async () => {
    const service = await committedService({ "docs/notes.md": "# Notes\nRun `lambdakit plan`.\n" });
    const { stdout, stderr } = await lambdakit(["eject", "--service", service, "--dry-run"]);
    expect(stderr).toContain("To be changed by hand: docs/notes.md:2  Run `lambdakit plan`.");
    expect(stdout).not.toContain("docs/notes.md");
    await lambdakit(["eject", "--service", service]);
    expect(await textOf(service, "EJECTED.md")).toContain("- `docs/notes.md`, line 2");
    expect(await textOf(service, "docs/notes.md")).toContain("lambdakit plan");
  });

  it("misses no command that there is", async () => {
    const lines = commands.map(({ name }) => `lambdakit ${name}`);
    const service = await committedService({ "docs/all.txt": `${lines.join("\n")}\n` });
    const { stdout } = await lambdakit(["eject", "--service", service, "--dry-run", "--json"]);
    expect(JSON.parse(stdout).leftOver.map((one: { text: string }) => one.text)).toEqual(lines);
  });

  it("keeps a runbook and a workflow that somebody has made their own", async () => {
    const own = {
      "runbooks/operations.md": "# Ours\n",
      ".github/workflows/ours.yml": "on: push\n",
    };
    const service = await committedService(own);
    await lambdakit(["eject", "--service", service]);
    for (const [file, text] of Object.entries(own)) expect(await textOf(service, file)).toBe(text);
    expect(existsSync(path.join(service, "runbooks/deployment.md"))).toBe(false);
  });

  it("keeps Terraform that is the service's own already", async () => {
    const service = await committedService();
    const only = ["eject", "--service", service, "--only", "terraform", "--json"];
    const { directory, commands } = JSON.parse((await lambdakit(only)).stdout);
    expect(directory).toBe(path.join(service, "terraform/stacks/service"));
    expect(commands).toMatchObject([
      { environment: "dev", init: expect.stringMatching(/^terraform init /) },
      { environment: "sit" },
      { environment: "prod" },
    ]);
    const file = "terraform/stacks/service/main.tf";
    await writeFile(path.join(service, file), `${await textOf(service, file)}\n# ours\n`);
    commit(service);
    await lambdakit(["eject", "--service", service]);
    expect(await textOf(service, file)).toMatch(/# ours\n$/);
    expect(await textOf(service, file)).not.toContain("lambdakit generate");
    expect(existsSync(path.join(service, "terraform/stacks/account/main.tf"))).toBe(true);
  });

  it("says all that is in the way at once, and changes nothing", async () => {
    const service = await committedService({ "scripts/build.js": "// ours\n" });
    const packageJson = JSON.parse(await textOf(service, "package.json"));
    const scripts = { ...packageJson.scripts, plan: "true" };
    const text = JSON.stringify({ ...packageJson, scripts }, null, 2);
    await writeFile(path.join(service, "package.json"), text);
    const { exitCode, stderr } = await lambdakit(["eject", "--service", service]);
    expect(exitCode).toBe(77);
    for (const said of [
      "EJECT_REFUSED",
      "Not committed: package.json.",
      "scripts/build.js is there already.",
      'package.json has a script "plan" already: true',
    ]) {
      expect(stderr).toContain(said);
    }
    expect(git(service, "status", "--porcelain").trim()).toBe("M package.json");
  });

  it("takes what is not committed with --force, and is done once", async () => {
    const service = await committedService();
    await writeFile(path.join(service, "README.md"), "# ours\n");
    expect((await lambdakit(["eject", "--service", service])).exitCode).toBe(77);
    expect((await lambdakit(["eject", "--service", service, "--force"])).exitCode).toBe(0);
    expect(await lambdakit(["eject", "--service", service, "--force"])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("EJECT_DONE"),
    });
  });

  it("wants a repository, and one of its own", async () => {
    const folder = path.join(await temporaryFolder(), "orders");
    await lambdakit(["new", "orders", "--out", folder]);
    expect(await lambdakit(["eject", "--service", folder])).toMatchObject({
      exitCode: 77,
      stderr: expect.stringContaining("There is no git repository here"),
    });
    const root = path.dirname(folder);
    git(root, "init", "--quiet");
    commit(root);
    expect(await lambdakit(["eject", "--service", folder])).toMatchObject({
      exitCode: 77,
      stderr: expect.stringMatching(
        /The service is in orders of a repository[\s\S]*fix: lambdakit eject --only terraform --service orders;/,
      ),
    });
  });

  it("leaves every file as it was where one cannot be written", async () => {
    const service = await committedService();
    // Where EJECTED.md belongs is a folder that git does not see.
    await mkdir(path.join(service, "EJECTED.md/coverage"), { recursive: true });
    await writeFile(path.join(service, "EJECTED.md/coverage/kept"), "");
    await mkdir(path.join(service, "vendor"), { recursive: true });
    await writeFile(path.join(service, "vendor/lambdakit"), "a file, where a folder has to be");
    commit(service);
    const before = git(service, "rev-parse", "HEAD");
    const { exitCode, stderr } = await lambdakit(["eject", "--service", service]);
    expect(exitCode, stderr).toBe(1);
    expect(stderr).toMatch(/EJECT_NOT_WRITTEN[\s\S]*Every file is as it was\./);
    expect(git(service, "status", "--porcelain")).toBe("");
    expect(git(service, "rev-parse", "HEAD")).toBe(before);
  });
});

/** What is found by the commands and options of lambdakit, which are not there; zips wait longer for SIT than its own would. */
const ofLambdakit = [
  "confirmation",
  "ignored-failure",
  "other-code",
  "other-command",
  "permissions",
  "rebuild",
  "retention",
  "unbound-plan",
  "untested",
];

/** A service as `new` makes it, with files of somebody's, committed. */
async function committedService(more: Readonly<Record<string, string>> = {}): Promise<string> {
  const service = path.join(await temporaryFolder(), "orders");
  await lambdakit(["new", "orders", "--out", service, "--repository", "acme/orders"]);
  for (const [file, text] of Object.entries(more)) {
    await mkdir(path.dirname(path.join(service, file)), { recursive: true });
    await writeFile(path.join(service, file), text);
  }
  git(service, "init", "--quiet");
  commit(service);
  return service;
}

function commit(folder: string): void {
  const who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  git(folder, "add", "--all");
  git(folder, ...who, "commit", "--quiet", "--no-verify", "-m", "as it is");
}

function git(folder: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8" });
}

function textOf(folder: string, file: string): Promise<string> {
  return readFile(path.join(folder, file), "utf8");
}
