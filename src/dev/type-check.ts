import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { nearestFolderWith } from "../system/index.ts";
import { type CompilerRun, runCompiler } from "./compiler-run.ts";
import { parseCompilerOutput, type TypeProblem } from "./type-problems.ts";

export interface TypeCheckOptions {
  /** The service's folder: its TypeScript is used, and the nearest `tsconfig.json`, there or above. */
  readonly directory: string;
  /** Told, once for each reason, why types are not checked. Nothing is wrong then, but for a look at it. */
  readonly onSkipped: (reason: string) => void;
}

export interface TypeCheck {
  /**
   * Checks everything that the `tsconfig.json` covers. Ends a check that is under way.
   *
   * @param files the problems of these are given, those of others are not
   * @returns the problems, in the compiler's order; undefined where nothing was found out: the check
   * was ended or could not be made
   */
  check(files: readonly string[]): Promise<readonly TypeProblem[] | undefined>;
  /** Ends the check that is under way, and waits for its end. */
  close(): Promise<void>;
}

/** New code gets the processors first: whoever saved a file is about to try it. The number is ours. */
const pauseMilliseconds = 200;

/**
 * Checks a service's types with the service's own compiler, in a process of its own, with a low
 * priority. What the compiler learns is kept below `.lambdakit/`, which halves the next check.
 */
export function startTypeCheck(options: TypeCheckOptions): TypeCheck {
  const directory = realPath(options.directory);
  const skip = tellOnce(options.onSkipped);
  let current: CompilerRun | undefined;
  let asked = 0;
  return {
    async check(files) {
      current?.end();
      asked += 1;
      const mine = asked;
      const compiler = findCompiler(directory);
      if (compiler === undefined) {
        return skip(
          `no TypeScript is installed in ${directory}: npm install --save-dev typescript`,
        );
      }
      const project = nearestFolderWith("tsconfig.json", directory);
      if (project === undefined) return skip(`there is no tsconfig.json in ${directory} or above`);
      await setTimeout(pauseMilliseconds);
      if (asked !== mine) return undefined;
      const run = runCompiler(compiler, argumentsFor(project, directory), directory);
      current = run;
      const output = await run.output;
      return output === undefined ? undefined : problemsIn(output, directory, files, skip);
    },
    async close() {
      asked += 1;
      current?.end();
      await current?.output;
    },
  };
}

function tellOnce(tell: (reason: string) => void): (reason: string) => undefined {
  const told = new Set<string>();
  return (reason) => {
    if (!told.has(reason)) tell(reason);
    told.add(reason);
  };
}

/** `bin/tsc` is where it is in TypeScript 5, 6 and 7. */
function findCompiler(directory: string): string | undefined {
  try {
    const { resolve } = createRequire(path.join(directory, "service.ts"));
    return path.join(path.dirname(resolve("typescript/package.json")), "bin", "tsc");
  } catch {
    return undefined;
  }
}

function argumentsFor(project: string, directory: string): string[] {
  const memory = path.join(directory, ".lambdakit", "types.tsbuildinfo");
  const incremental = ["--incremental", "--tsBuildInfoFile", memory];
  return ["--noEmit", "--pretty", "false", ...incremental, "--project", project];
}

/** Problems of the `tsconfig.json` have places too, and are no problems of the code. */
function problemsIn(
  output: string,
  directory: string,
  files: readonly string[],
  skip: (reason: string) => undefined,
): readonly TypeProblem[] | undefined {
  const asked = new Set(files.map(realPath));
  const { problems, troubles } = parseCompilerOutput(output, directory);
  const found = problems.filter(({ file }) => asked.has(realPath(file)));
  const settings = problems.filter(({ file }) => file.endsWith(".json") && !asked.has(file));
  const [trouble] = [
    ...troubles,
    ...settings.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`),
  ];
  if (trouble === undefined || found.length > 0) return found;
  return skip(trouble);
}

/** The compiler sees through links, and so does the bundler, though not always the same ones. */
function realPath(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}
