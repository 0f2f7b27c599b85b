import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, symlink } from "node:fs/promises";
import { request } from "node:http";
import path from "node:path";
import { freePort } from "../../src/dev/free-port.ts";
import { peerDirectory } from "../peers.ts";
import { processTree } from "./process-tree.ts";
import {
  architectProject,
  lambdakitProject,
  type Project,
  productProject,
  serverlessProject,
} from "./projects.ts";

export interface Contestant {
  readonly name: string;
  readonly project?: Project;
  /** The command that serves the project on a port. */
  command(port: number): readonly string[];
  readonly directory: string;
}

/** A server that runs, and how long it took from its start to the first 200. */
export interface Running {
  readonly contestant: Contestant;
  readonly url: string;
  readonly pid: number;
  readonly firstAnswerMs: number;
  stop(): Promise<void>;
}

const bareServer = `require("node:http").createServer((request, response) => {
  response.setHeader("Content-Type", "application/json");
  response.end("hello 0");
}).listen(Number(process.argv[1]), "127.0.0.1");`;

/** As fast as Node.js can answer at all: what the others are divided by. */
export function bareNode(directory: string): Contestant {
  return {
    name: "bare node:http",
    directory,
    command: (port) => [process.execPath, "-e", bareServer, String(port)],
  };
}

export async function lambdakit(workDirectory: string): Promise<Contestant> {
  const directory = path.join(workDirectory, "lambdakit");
  const project = await lambdakitProject(directory);
  await symlink(path.resolve("node_modules"), path.join(directory, "node_modules"));
  return {
    name: "lambdakit",
    project,
    directory,
    command: (port) => lambdakitDev(directory, port),
  };
}

/** The Product service, as it is in this repository. */
export const product: Contestant = {
  name: "lambdakit, Product service",
  directory: ".",
  command: (port) => lambdakitDev("services/product", port),
};

/** A copy of it, which may be edited. */
export async function editedProduct(workDirectory: string): Promise<Contestant> {
  const directory = path.join(workDirectory, "product");
  const project = await productProject(directory);
  await symlink(path.resolve("node_modules"), path.join(directory, "node_modules"));
  return { ...product, project, directory, command: (port) => lambdakitDev(directory, port) };
}

/** What the first line of the installed command does. */
const asInstalled = [
  ...["/usr/bin/env", "MALLOC_ARENA_MAX=2"],
  ...[process.execPath, "--max-semi-space-size=2", "--expose-gc"],
];

function lambdakitDev(service: string, port: number): string[] {
  const bin = path.resolve("dist/cli/bin.js");
  const flags = ["--quiet", "--memory", "--port", String(port)];
  return [...asInstalled, bin, "dev", "--service", service, ...flags];
}

export async function serverlessOffline(workDirectory: string): Promise<Contestant> {
  const directory = path.join(workDirectory, "serverless-offline");
  const project = await serverlessProject(directory);
  return peerContestant("serverless-offline", project, ["serverless-offline", "osls"], (port) => [
    "offline",
    "--noPrependStageInUrl",
    ...["--httpPort", String(port), "--lambdaPort", String(port + 1)],
  ]);
}

/** The same with the option that makes it reload; without, an edit needs a restart. */
export async function serverlessOfflineReloading(plain: Contestant): Promise<Contestant> {
  return {
    ...plain,
    name: "serverless-offline --reloadHandler",
    command: (port) => [...plain.command(port), "--reloadHandler"],
  };
}

export async function architect(workDirectory: string): Promise<Contestant> {
  const directory = path.join(workDirectory, "architect");
  const project = await architectProject(directory);
  return peerContestant("architect", project, ["architect", "sandbox"], (port) => [
    "--port",
    String(port),
    "--quiet",
  ]);
}

async function peerContestant(
  name: string,
  project: Project,
  [peer, program]: readonly ["serverless-offline" | "architect", string],
  flags: (port: number) => readonly string[],
): Promise<Contestant> {
  const modules = path.join(peerDirectory(peer), "node_modules");
  await mkdir(project.directory, { recursive: true });
  await symlink(modules, path.join(project.directory, "node_modules"));
  const bin = path.join(modules, ".bin", program);
  return {
    name,
    project,
    directory: project.directory,
    command: (port) => [process.execPath, bin, ...flags(port)],
  };
}

/** Starts a server and waits for its first 200. */
export async function start(
  contestant: Contestant,
  { path: requested, engine }: { path: string; engine?: string },
): Promise<Running> {
  const port = await freePort();
  const [program = "", ...args] = contestant.command(port);
  const started = performance.now();
  const child = spawn(program, args, {
    cwd: contestant.directory,
    stdio: "ignore",
    env: { ...process.env, ...(engine === undefined ? {} : tableVariables(engine)) },
  });
  const url = `http://127.0.0.1:${port}`;
  await firstAnswer(`${url}${requested}`, child);
  return {
    contestant,
    url,
    pid: child.pid ?? 0,
    firstAnswerMs: performance.now() - started,
    stop: () => stop(child),
  };
}

/** For whoever does not bring a table engine: the same engine for all of them. */
function tableVariables(endpoint: string): Record<string, string> {
  return {
    DYNAMODB_ENDPOINT: endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
}

async function firstAnswer(url: string, child: ChildProcess): Promise<void> {
  for (const deadline = performance.now() + 60_000; performance.now() < deadline; ) {
    if (child.exitCode !== null) break;
    const status = await statusOf(url).catch(() => undefined);
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  throw new Error(`${child.spawnargs.join(" ")} does not answer ${url}`);
}

function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
    })
      .on("error", reject)
      .end();
  });
}

/** Ends what was started, and what that has started. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = once(child, "exit");
  const family = processTree(child.pid);
  child.kill("SIGINT");
  const patience = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(patience);
  for (const { pid } of family) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself, as it should.
    }
  }
}
