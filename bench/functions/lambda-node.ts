import { execFileSync } from "node:child_process";
import path from "node:path";
import { peerDirectory } from "../peers.ts";
import { print } from "../print.ts";

export interface NodeProgram {
  readonly program: string;
  /** Such as `v22.23.3`. */
  readonly version: string;
}

/**
 * What Lambda's own start script gives Node.js. Node.js' builtin modules have a code cache, which V8 refuses
 * under other flags than it was made with: so these cost an empty handler half as much again, and every
 * builtin module that is loaded more than without.
 *
 * @see docs/decisions/0068-clients-in-lambda.md
 */
export const lambdaFlags: readonly string[] = ["--expose-gc", "--max-http-header-size", "81920"];

/** What functions run on, to be printed above what was measured. */
export function lambdaNodeText(): string {
  return `Node.js ${[lambdaNode().version, ...lambdaFlags].join(" ")}`;
}

let found: NodeProgram | undefined;

/**
 * The Node.js that every function of a run is started with: that of `nodejs22.x` from npm, or this one
 * where there is none. Another major version has other ratios.
 */
export function lambdaNode(): NodeProgram {
  if (found === undefined) {
    const program = fromNpm() ?? process.execPath;
    const version = execFileSync(program, ["--version"], { encoding: "utf8" }).trim();
    found = { program, version };
  }
  return found;
}

function fromNpm(): string | undefined {
  try {
    const name = `node-${process.platform}-${process.arch}`;
    const program = path.join(peerDirectory("node22"), "node_modules", name, "bin/node");
    execFileSync(program, ["--version"]);
    return program;
  } catch (error) {
    print(`Lambda's Node.js cannot be had from npm: ${(error as Error).message}\n`);
    return undefined;
  }
}
