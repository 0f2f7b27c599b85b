import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { LambdakitError } from "../../../errors/index.ts";

export interface NodeWanted {
  /** The runtime in the manifest, such as `nodejs22.x`. */
  readonly runtime: string;
  /** Where `node` may be installed by npm: the service's folder, the toolkit's. */
  readonly directories: readonly string[];
  /** What runs now. @default this process */
  readonly current?: { readonly program: string; readonly version: string };
}

export interface NodeProgram {
  readonly program: string;
  /** Such as `22.23.3`. */
  readonly version: string;
}

/**
 * The Node.js that a runtime stands for: the one that runs now, where its major version is the same,
 * else the npm package `node`, which brings a program for this machine.
 *
 * @throws {LambdakitError} DEV_RUNTIME_NOT_FOUND
 * @see https://www.npmjs.com/package/node
 */
export async function findNode({
  runtime,
  directories,
  current,
}: NodeWanted): Promise<NodeProgram> {
  const { program, version } = current ?? {
    program: process.execPath,
    version: process.versions.node,
  };
  const major = /^nodejs(\d+)\.x$/.exec(runtime)?.[1];
  if (majorOf(version) === major) return { program, version };
  const found: string[] = [`${version}, which runs lambdakit`];
  for (const installed of await installedNodes(directories)) {
    if (majorOf(installed.version) === major) return installed;
    found.push(`${installed.version} in ${installed.program}`);
  }
  throw new LambdakitError("DEV_RUNTIME_NOT_FOUND", {
    message: `The functions run on ${runtime}, and there is no Node.js ${major} here. There is ${found.join(", ")}.`,
    fix: `npm install --save-dev node@${major}`,
    at: runtime,
  });
}

/**
 * `node` fetches the package of the platform when it is installed. Where npm may run no scripts, that
 * one can be installed itself.
 */
const packages = [
  "node",
  `node-${process.platform}-${process.arch}`,
  `node-bin-${process.platform}-${process.arch}`,
];

/** What npm has installed, asked for its version: a package without its program is of no use. */
async function installedNodes(directories: readonly string[]): Promise<NodeProgram[]> {
  const found = await Promise.all(
    directories.flatMap((directory) => packages.map((name) => installedNode(directory, name))),
  );
  return found.filter((node) => node !== undefined);
}

async function installedNode(directory: string, name: string): Promise<NodeProgram | undefined> {
  try {
    const { resolve } = createRequire(path.join(directory, "/"));
    const program = path.join(path.dirname(resolve(`${name}/package.json`)), "bin", "node");
    const { stdout } = await promisify(execFile)(program, ["--version"]);
    return { program, version: stdout.trim().replace(/^v/, "") };
  } catch {
    return undefined;
  }
}

function majorOf(version: string): string | undefined {
  return version.split(".")[0];
}
