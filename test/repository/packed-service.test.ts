/** What a stranger does first: a tarball, an empty folder, a new service; and nothing of this repository beside it. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packToolkit } from "../packed-toolkit.ts";
import { strangersVariables } from "../strangers-variables.ts";

const run = promisify(execFile);

const empty = await realpath(await mkdtemp(path.join(tmpdir(), "lambdakit-new-")));
afterAll(() => rm(empty, { recursive: true }));
const folder = path.join(empty, "orders");

beforeAll(async () => {
  const { tarball } = await packToolkit(empty);
  const create = await packToolkit(empty, "./create");
  expect(create.files).toEqual(["LICENSE", "README.md", "create-lambdakit.js", "package.json"]);
  // As `npm install --global` would have it.
  const tool = path.join(empty, "tool");
  await mkdir(tool);
  await writeFile(path.join(tool, "package.json"), "{}");
  await npm(tool, "install", tarball, create.tarball);
  const [make = ""] = guide;
  // Neither is in a registry that this machine has to reach, and tests come below.
  const local = make
    .replace("npm create lambdakit", path.join(tool, "node_modules/.bin/create-lambdakit"))
    .replace("npm install", `git init --quiet && npm install ${tarball}`)
    .replace("npm test", "");
  await shell(empty, local);
}, 400_000);

/** What docs/guides/first-service.md types, block by block. */
const guide = [
  ...readFileSync("docs/guides/first-service.md", "utf8").matchAll(/^```sh\n([\s\S]*?)^```/gm),
].map(([, typed = ""]) => typed);

async function shell(cwd: string, script: string): Promise<void> {
  await run("/bin/sh", ["-e", "-c", script], { cwd, env: strangersVariables });
}

async function npm(cwd: string, ...args: string[]): Promise<string> {
  const quiet = ["--no-audit", "--no-fund"];
  const { stdout } = await run("npm", [...args, ...quiet], { cwd, env: strangersVariables });
  return stdout;
}

async function lambdakit(...args: string[]): Promise<string> {
  const bin = path.join(folder, "node_modules/.bin/lambdakit");
  const { stdout } = await run(bin, args, { cwd: folder, env: strangersVariables });
  return stdout;
}

describe("a service that is made by what npm packs, in an empty folder", {
  timeout: 400_000,
}, () => {
  it("passes its own tests, formatted and with right types", async () => {
    expect(await npm(folder, "test")).toMatch(/Tests.*10\d passed/);
  });

  it("has nothing that is out of date, and nothing that an audit finds", async () => {
    const { files, findings } = JSON.parse(await lambdakit("generate", "--check", "--json"));
    expect(findings).toEqual([]);
    expect(files.map(({ status }: { status: string }) => status)).toEqual(
      Array(files.length).fill("unchanged"),
    );
    expect(JSON.parse(await lambdakit("audit", "--json")).findings).toEqual([]);
  });

  it("goes where its guide leads, with a function more", async () => {
    const [, start = "", ...further] = guide;
    expect([start.startsWith("npm start"), further.length]).toEqual([true, 3]);
    for (const typed of further) await shell(folder, typed);
    await shell(folder, "npx vitest run order-count");
  });

  it("is packaged", async () => {
    const { functions } = JSON.parse(await lambdakit("package", "--json"));
    expect(functions.map(({ function: name }: { function: string }) => name)).toEqual([
      "authorizer",
      "create",
      "delete",
      "get",
      "list",
      "orderCount",
      "update",
    ]);
  });

  it("is served by npm start, and answers", async () => {
    const dev = spawn("npm", ["start", "--", "--port", "0", "--sample-data"], {
      cwd: folder,
      env: strangersVariables,
      detached: true,
    });
    try {
      const url = await new Promise<string>((resolve, reject) => {
        let said = "";
        for (const stream of [dev.stdout, dev.stderr]) {
          stream.on("data", (chunk) => {
            said += chunk;
            const [found] = /http:\/\/[\w.:]+/.exec(said) ?? [];
            if (found !== undefined) resolve(found);
          });
        }
        dev.on("close", () => reject(new Error(said)));
      });
      const listed = await fetch(`${url}/v1.0/orders`);
      expect([listed.status, await listed.json()]).toMatchObject([200, { count: 3 }]);
    } finally {
      if (dev.pid !== undefined && dev.exitCode === null) {
        process.kill(-dev.pid, "SIGINT");
        await once(dev, "close");
      }
    }
  });
});
