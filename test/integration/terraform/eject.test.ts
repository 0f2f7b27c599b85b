/**
 * A service that was made, deployed and then ejected: what npm packs makes it, real npm installs it, real Terraform deploys it
 * to an emulator of AWS, and from `eject` on no lambdakit is there.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Account, enterAccount } from "../../../src/emulator/deployed/account.ts";
import { type LiveDeployment, serveLive } from "../../../src/emulator/live/serve-live.ts";
import { type Cloud, type CommandRun, cloudLacks, startCloud } from "../../cloud.ts";
import { packToolkit } from "../../packed-toolkit.ts";
import { useProcesses } from "../../process-environments.ts";
import { replaced } from "../../product-copy.ts";
import { strangersVariables } from "../../strangers-variables.ts";
import { isLacking } from "../../terraform.ts";

const isSkipped = isLacking(cloudLacks(), "No service is ejected and deployed");
const accounts = { dev: "111122223333", sit: "444455556666", prod: "777788889999" } as const;
const region = "eu-west-1";
type Name = keyof typeof accounts;

describe.skipIf(isSkipped)("an ejected service", { timeout: 600_000 }, () => {
  const processes = useProcesses();
  let cloud: Cloud;
  let empty: string;
  let service: string;
  let tarball: string;
  /** DEV, as its callers see it. */
  let live: LiveDeployment | undefined;

  beforeAll(async () => {
    empty = await realpath(await mkdtemp(path.join(tmpdir(), "lambdakit-eject-")));
    service = path.join(empty, "orders");
    [cloud, { tarball }] = await Promise.all([startCloud(region), packToolkit(empty)]);
    const made = ["new", "orders", "--out", service, "--repository", "acme/orders"];
    await tell(cloud.lambdakit(accounts.dev, made));
    await useOwnVite(path.join(service, "package.json"));
    await tell(program("npm", ["install", tarball, ...quiet]));
    await git("init", "--quiet");
    await commit("made");
    await tell(lambdakit("bootstrap"));
    await tell(lambdakit("deploy", "--skip-verify"));
  }, 900_000);

  afterAll(async () => {
    await live?.stop();
    await cloud?.stop();
    if (empty !== undefined) await rm(empty, { recursive: true, force: true });
  });

  it("lists what it would change, and changes nothing", async () => {
    const { stdout } = await tell(lambdakit("eject", "--dry-run"));
    expect(stdout).toMatch(/^new {6}scripts\/deploy\.js$/m);
    expect(stdout).toMatch(/^changed {2}package\.json$/m);
    expect(stdout).toMatch(/^deleted {2}runbooks\/deployment\.md$/m);
    expect(await git("status", "--porcelain")).toBe("");
  });

  it("is refused while something is not committed", async () => {
    await writeFile(path.join(service, "notes.md"), "not committed\n");
    expect(await lambdakit("eject")).toMatchObject({
      exitCode: 77,
      stderr: expect.stringMatching(/EJECT_REFUSED[\s\S]*Not committed: notes\.md\./),
    });
    await rm(path.join(service, "notes.md"));
  });

  it("has no line of its source changed, and asks for lambdakit nowhere", async () => {
    const before = await sourceOf(service);
    const { stderr } = await tell(lambdakit("eject"));
    expect(stderr).not.toContain("To be changed by hand");
    expect(await sourceOf(service)).toEqual(before);
    expect(await lambdakit("eject")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("EJECT_DONE"),
    });
    await commit("ejected");
    // As in a fresh clone: what git has, and nothing that was installed before.
    const clone = path.join(empty, "clone");
    await tell(program("git", ["clone", "--quiet", service, clone]));
    await Promise.all([rm(service, { recursive: true }), rm(tarball)]);
    service = clone;
    const lines = await commandsIn(service);
    expect(lines).toEqual([]);
  });

  it("is installed from its own folder, and passes its tests, lint and types", async () => {
    await tell(program("npm", ["install", ...quiet]));
    await commit("installed");
    const bins = await readdir(path.join(service, "node_modules/.bin"));
    expect(bins).not.toContain("lambdakit");
    const vendored = path.join(service, "vendor/lambdakit");
    expect(await realpath(path.join(service, "node_modules/lambdakit"))).toBe(vendored);
    const { stdout } = await tell(program("npm", ["test"]));
    expect(stripVTControlCharacters(stdout)).toMatch(/Tests +\d+ passed \(\d+\)/);
  });

  it("is built to the same bytes in another clone, which is installed as its workflows do", async () => {
    await tell(program("npm", ["run", "build"]));
    const first = await readFile(path.join(service, "build/artifacts.json"), "utf8");
    const copy = path.join(empty, "elsewhere", "deep");
    await tell(program("git", ["clone", "--quiet", service, copy]));
    await tell(program("npm", ["ci", "--ignore-scripts", ...quiet], { cwd: copy }));
    await tell(program("npm", ["run", "build"], { cwd: copy }));
    expect(await readFile(path.join(copy, "build/artifacts.json"), "utf8")).toBe(first);
    expect(Object.keys(JSON.parse(first))).toContain("authorizer");
    await rm(copy, { recursive: true });
  });

  it("is served by npm start, and answers whoever has a token", async () => {
    const args = ["start", "--", "--port", "0", "--memory", "--sample-data"];
    const dev = spawn("npm", args, { cwd: service, env: strangersVariables, detached: true });
    try {
      const url = await firstUrl(dev);
      const listed = await fetch(`${url}/v1.0/orders`);
      expect([listed.status, await listed.json()]).toMatchObject([200, { count: 3 }]);
      const { port } = new URL(url);
      const { stdout: token } = await tell(
        program("npm", ["run", "--silent", "token", "--", "--port", port]),
      );
      const made = await fetch(`${url}/v1.0/orders`, {
        method: "POST",
        headers: { authorization: `Bearer ${token.trim()}`, "content-type": "application/json" },
        body: JSON.stringify({ name: "One more" }),
      });
      expect(made.status).toBe(201);
    } finally {
      if (dev.pid !== undefined && dev.exitCode === null) {
        process.kill(-dev.pid, "SIGINT");
        await once(dev, "close");
      }
    }
  });

  it("has nothing to change in its account, by the commands of EJECTED.md", async () => {
    await emulated(service);
    const env = await cloud.variables(accounts.dev);
    const stack = path.join(service, "terraform/stacks/account");
    const farewell = await readFile(path.join(service, "EJECTED.md"), "utf8");
    const [, typed = ""] = /^cd terraform\/stacks\/account\n(.*?)^```/ms.exec(farewell) ?? [];
    expect(typed).toMatch(/^terraform init .*\nterraform plan .*\n$/);
    // The emulator is no HTTPS.
    const script = typed.replaceAll("accounts/prod", "accounts/dev").trimEnd();
    const plan = `${script} -detailed-exitcode -var=require_tls=false`;
    const { exitCode, stdout, stderr } = await program("/bin/sh", ["-e", "-c", plan], {
      cwd: stack,
      env,
    });
    expect(exitCode, `${stdout}${stderr}`).toBe(0);
  });

  it("has nothing to change where the toolkit had deployed it", async () => {
    const { exitCode, stdout, stderr } = await npmRun("dev", "plan");
    expect(exitCode, `${stdout}${stderr}`).toBe(0);
    expect(stdout).toContain("No changes.");
  });

  it("is deployed after an edit of a handler: callers get the new code, and the plan is empty again", async () => {
    await follow();
    expect(await answerOf("/v1.0/orders")).not.toHaveProperty("edited");
    await editList(answers.original, answers.first);
    const { stdout } = await tell(npmRun("dev", "deploy", "--url", liveUrl()));
    expect(stdout).toMatch(/acme-orders-list-dev: \d+ -> \d+\. Back: aws lambda update-alias/);
    expect(await answerOf("/v1.0/orders")).toMatchObject({ edited: "first", orders: [] });
    expect((await npmRun("dev", "plan")).exitCode).toBe(0);
  });

  it("has its callers led back where it does not answer as it has to", async () => {
    await editList(answers.first, answers.broken);
    const { exitCode, stderr } = await npmRun("dev", "deploy", "--url", liveUrl());
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/answers 500, and not 200\.\nCallers are led to the version of before/);
    expect(await answerOf("/v1.0/orders")).toMatchObject({ edited: "first" });
  });

  it("goes to PROD only with its name typed, and only what SIT has proven", async () => {
    expect(await npmRun("prod", "deploy")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("fix: npm run deploy -- prod --confirm prod"),
    });
    expect(await npmRun("prod", "deploy", "--confirm", "prod")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("prod gets what sit has proven"),
    });
  });

  it("goes on to SIT and PROD with the zips that DEV has proven, byte by byte, and with the plan that was shown", async () => {
    await editList(answers.broken, answers.second);
    await tell(npmRun("dev", "deploy", "--url", liveUrl()));
    const built = await readFile(path.join(service, "build/artifacts.json"), "utf8");
    for (const name of ["sit", "prod"] as const) {
      // The account's own Terraform, which was ejected, too, is for whoever looks after accounts.
      await bootstrap(name);
      const { stdout } = await npmRun(name, "plan", "--built");
      const [, digest = ""] = /^Digest of this plan: (\w+)$/m.exec(stdout) ?? [];
      const consent = ["--confirm", name, "--url", liveUrl(), "--plan"];
      expect(await npmRun(name, "deploy", ...consent, "0123")).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining("is not what was approved"),
      });
      await tell(npmRun(name, "deploy", ...consent, digest));
      expect((await npmRun(name, "plan")).exitCode).toBe(0);
    }
    expect(await readFile(path.join(service, "build/artifacts.json"), "utf8")).toBe(built);
    const proven = JSON.parse(await readFile(path.join(service, "build/proven.json"), "utf8"));
    expect(Object.keys(proven)).toEqual(["dev", "sit", "prod"]);
    expect(new Set(Object.values(proven).map((one) => JSON.stringify(one))).size).toBe(1);
  });

  const quiet = ["--no-audit", "--no-fund"];

  /** The one that the service has installed, while it has one. */
  async function lambdakit(...args: string[]): Promise<CommandRun> {
    const env = await cloud.variables(accounts.dev);
    return program(path.join(service, "node_modules/.bin/lambdakit"), args, { env });
  }

  async function npmRun(name: Name, script: string, ...args: string[]): Promise<CommandRun> {
    const env = await cloud.variables(accounts[name]);
    return program("npm", ["run", script, "--", name, ...args], { env });
  }

  /** By the ejected stack, as EJECTED.md says; the bucket of its state is there before, as ever. */
  async function bootstrap(name: Name): Promise<void> {
    // There is no toolkit in this service: another one prepares the account.
    const other = path.join(empty, `other-${name}`);
    await tell(cloud.lambdakit(accounts.dev, ["new", "orders", "--out", other]));
    await tell(cloud.lambdakit(accounts[name], ["bootstrap", "--env", name, "--service", other]));
    await rm(other, { recursive: true });
  }

  async function follow(): Promise<void> {
    const account: Account = await enterAccount(cloud.moto, accounts.dev, region);
    const url = await outputUrl();
    const artifactBucket = `acme-artifacts-${accounts.dev}-${region}`;
    live = await serveLive({ account, url, artifactBucket, bootstrap: processes.bootstrap });
  }

  async function outputUrl(): Promise<string> {
    const env = await cloud.variables(accounts.dev);
    const stack = path.join(service, "terraform/stacks/service");
    const { stdout } = await tell(
      program("terraform", [`-chdir=${stack}`, "output", "-json", "url"], {
        env: { ...env, TF_DATA_DIR: path.join(stack, ".terraform/dev") },
      }),
    );
    return JSON.parse(stdout);
  }

  function liveUrl(): string {
    if (live === undefined) throw new Error("nothing is served");
    return live.url;
  }

  async function answerOf(route: string): Promise<Record<string, unknown>> {
    const response = await fetch(`${liveUrl()}${route}`);
    return (await response.json()) as Record<string, unknown>;
  }

  async function editList(from: string, to: string): Promise<void> {
    const file = path.join(service, "src/handlers/list-orders.ts");
    await writeFile(file, replaced(await readFile(file, "utf8"), from, to));
  }

  function program(
    command: string,
    args: readonly string[],
    { cwd = service, env = strangersVariables }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
  ): Promise<CommandRun> {
    return new Promise((resolve) => {
      execFile(command, args, { cwd, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : Number(error.code);
        resolve({ exitCode, stdout, stderr });
      });
    });
  }

  async function git(...args: string[]): Promise<string> {
    return (await tell(program("git", args))).stdout;
  }

  async function commit(message: string): Promise<void> {
    const who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    await git("add", "--all");
    await git(...who, "commit", "--quiet", "--no-verify", "--allow-empty", "-m", message);
  }
});

/** What the handler of the list ends with. */
const answers = {
  original: "return ok(orderListBody(listing.orders, listing.nextToken));",
  first: 'return ok({ ...orderListBody(listing.orders, listing.nextToken), edited: "first" });',
  second: 'return ok({ ...orderListBody(listing.orders, listing.nextToken), edited: "second" });',
  broken: 'throw new Error("broken");',
};

/** What a server says first of where it is. */
function firstUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    for (const stream of [server.stdout, server.stderr]) {
      stream?.on("data", (chunk) => {
        said += chunk;
        const [found] = /http:\/\/[\w.:]+\n/.exec(said) ?? [];
        if (found !== undefined) resolve(found.trim());
      });
    }
    server.on("close", () => reject(new Error(said)));
  });
}

/** A program's run, which has to end well. */
async function tell(run: Promise<CommandRun>): Promise<CommandRun> {
  const ended = await run;
  if (ended.exitCode === 0) return ended;
  throw new Error(`ended with ${ended.exitCode}\n${ended.stdout}\n${ended.stderr}`);
}

/** What the emulator needs to be otherwise: the ejected Terraform has nothing of it. */
async function emulated(service: string): Promise<void> {
  await cp("terraform/emulator", path.join(service, "terraform"), { recursive: true });
}

async function sourceOf(service: string): Promise<Record<string, string>> {
  const texts = await filesBelow(service, (file) => /^(?:src|tests)\/|^service\.ts$/.test(file));
  return Object.fromEntries(texts);
}

/** Every line that says a command of the toolkit, but for the library itself. */
async function commandsIn(service: string): Promise<string[]> {
  const texts = await filesBelow(service, (file) => !/^(?:\.git|vendor)\//.test(file));
  return texts.flatMap(([file, text]) =>
    text
      .split("\n")
      .filter((line) => /\blambdakit [a-z]/.test(line))
      .map((line) => `${file}: ${line}`),
  );
}

async function filesBelow(folder: string, isWanted: (file: string) => boolean) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith("node_modules/") && isWanted(file))
    .sort();
  return Promise.all(
    files.map(async (file) => [file, await readFile(path.join(folder, file), "utf8")] as const),
  );
}

/**
 * Vitest takes whatever version of Vite came out last. Where that has an optional dependency which a registry does not
 * have, `npm ci` refuses the lock file that `npm install` has written.
 */
async function useOwnVite(packageJson: string): Promise<void> {
  const { version: vite } = JSON.parse(await readFile("node_modules/vite/package.json", "utf8"));
  const made = JSON.parse(await readFile(packageJson, "utf8"));
  await writeFile(packageJson, `${JSON.stringify({ ...made, overrides: { vite } }, null, 2)}\n`);
}
