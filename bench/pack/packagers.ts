import { execFile } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type Peer, peerDirectory, peerVersions } from "../peers.ts";
import { print } from "../print.ts";
import { sourceFiles, writeProject } from "./projects.ts";
import { cdkFiles, lambdakitFiles, serverlessFiles, zipItFiles } from "./tool-files.ts";

/** A project with functions, and the command that packages them. */
export interface Packager {
  readonly name: string;
  readonly directory: string;
  readonly functions: number;
  readonly command: readonly [string, ...string[]];
  /** What it makes, and what is removed before each run. */
  readonly outputs: readonly string[];
  /** Absolute paths of what would be uploaded: zips, or the bundles that become zips later. */
  readonly artifacts: () => string[];
}

export function lambdakit(
  directory: string,
  functions: number,
  flags: readonly string[] = ["--no-cache"],
): Packager {
  const files = { ...sourceFiles(functions), ...lambdakitFiles(functions) };
  writeProject(directory, files, path.resolve("node_modules"));
  const output = path.join(directory, ".lambdakit/artifacts");
  const bin = path.resolve("dist/cli/bin.js");
  return {
    name: functions === 5 ? "lambdakit" : `lambdakit, ${functions} functions`,
    directory,
    functions,
    command: [process.execPath, bin, "package", "--quiet", ...flags],
    outputs: [".lambdakit"],
    artifacts: () => {
      const list = JSON.parse(readFileSync(path.join(output, "artifacts.json"), "utf8"));
      return Object.values<{ zip: string }>(list.functions).map(({ zip }) =>
        path.join(output, zip),
      );
    },
  };
}

/** The peers that can be installed here. */
export function peerPackagers(work: string, functions: number): Packager[] {
  const source = sourceFiles(functions);
  return [
    peerPackager("serverless-esbuild", (modules) => ({
      directory: writeProject(
        path.join(work, "serverless-esbuild"),
        { ...source, ...serverlessFiles(functions) },
        modules,
      ),
      functions,
      command: [process.execPath, path.join(modules, ".bin/osls"), "package"],
      outputs: [".serverless", ".esbuild"],
      artifacts: (directory) => filesBelow(path.join(directory, ".serverless"), /\.zip$/),
    })),
    peerPackager("cdk", (modules) => ({
      directory: writeProject(
        path.join(work, "cdk"),
        { ...source, ...cdkFiles(functions) },
        modules,
      ),
      functions,
      command: [process.execPath, "app.mjs"],
      outputs: ["cdk.out"],
      artifacts: (directory) => filesBelow(path.join(directory, "cdk.out"), /index\.mjs$/),
    })),
    peerPackager("zip-it-and-ship-it", (modules) => ({
      directory: writeProject(path.join(work, "zip-it"), { ...source, ...zipItFiles() }, modules),
      functions,
      command: [process.execPath, "zip.mjs"],
      outputs: ["zips"],
      artifacts: (directory) => filesBelow(path.join(directory, "zips"), /\.zip$/),
    })),
  ].flatMap((one) => one ?? []);
}

type PeerProject = Omit<Packager, "name" | "artifacts"> & {
  readonly artifacts: (directory: string) => string[];
};

function peerPackager(peer: Peer, project: (modules: string) => PeerProject): Packager | undefined {
  try {
    const made = project(path.join(peerDirectory(peer), "node_modules"));
    return { ...made, name: peerVersions(peer), artifacts: () => made.artifacts(made.directory) };
  } catch (error) {
    print(`${peer}: left out. ${(error as Error).message}\n`);
    return undefined;
  }
}

/** Who takes longer at first is left out: the whole benchmark is to be over in some minutes. */
const patienceSeconds = 60;
/** Who was quick enough at first may be slow once; who hangs is ended. */
const longestSeconds = 300;

/** Those that can package here in time; why the others cannot is printed. */
export async function packagersThatWork(packagers: readonly Packager[]): Promise<Packager[]> {
  const working: Packager[] = [];
  for (const packager of packagers) {
    try {
      await packageOnce(packager, patienceSeconds);
      working.push(packager);
    } catch (error) {
      print(`${packager.name}: left out. ${(error as Error).message}\n`);
    }
  }
  return working;
}

/** Packages from nothing, and gives the seconds that it took. */
export async function packageOnce(
  packager: Packager,
  atMostSeconds = longestSeconds,
): Promise<number> {
  for (const output of packager.outputs) {
    rmSync(path.join(packager.directory, output), { recursive: true, force: true });
  }
  return packageAgain(packager, atMostSeconds);
}

/** Packages where the last run's outputs still are. */
export async function packageAgain(
  packager: Packager,
  atMostSeconds = longestSeconds,
): Promise<number> {
  const { command, directory, functions, name } = packager;
  const [program, ...args] = command;
  const started = performance.now();
  await promisify(execFile)(program, args, {
    cwd: directory,
    maxBuffer: 2 ** 26,
    timeout: atMostSeconds * 1000,
    killSignal: "SIGKILL",
  }).catch((error: Error & { killed?: boolean; stderr?: string }) => {
    const reason = error.killed ? `It took more than ${atMostSeconds} s.` : error.stderr;
    throw new Error(reason?.trim() || error.message);
  });
  const seconds = (performance.now() - started) / 1000;
  const made = packager.artifacts().length;
  if (made !== functions) throw new Error(`${name} made ${made} artifacts, and not ${functions}.`);
  return seconds;
}

export function kilobytesOf(file: string): number {
  return inKilobytes(statSync(file).size);
}

/** Of 1,024 bytes, as AWS and `maxPackageSizeKb` count them. */
export function inKilobytes(bytes: number): number {
  return bytes / 1024;
}

function filesBelow(directory: string, pattern: RegExp): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((file) => pattern.test(file))
    .map((file) => path.join(directory, file));
}
