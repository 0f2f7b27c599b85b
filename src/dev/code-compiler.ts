import { spawn } from "node:child_process";
import { buffer, text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { LambdakitError } from "../errors/index.ts";
import type { CodeCompiler, FindCompiler } from "../package/index.ts";
import { findNode, type NodeProgram } from "./host/process/index.ts";

/**
 * With what Lambda starts Node.js with, as far as a code cache depends on it; and so that the same script
 * gives the same bytes: names are kept in tables whose order is otherwise another in each process.
 */
const flags = ["--expose-gc", "--predictable"];

/**
 * Every function is compiled, and none is run. The option that says so is taken back before the cache is
 * made, since it names the options that were set.
 */
const program = `
const v8 = require("node:v8");
v8.setFlagsFromString("--no-lazy");
const script = new (require("node:vm").Script)(require("node:fs").readFileSync(0, "utf8"), { filename: "packages.js" });
v8.setFlagsFromString("--lazy");
process.stdout.write(script.createCachedData());
`;

/** Far more than any script takes: 1 MB of packages is compiled in less than a second. */
const timeLimitMs = 60_000;

export interface CodeCompilersOptions {
  /** What compiles where the runtime's own Node.js is not installed. @default nothing */
  readonly instead?: NodeProgram;
  /** @default a minute */
  readonly timeoutMs?: number;
}

/**
 * Finds the Node.js of a runtime, as it is installed for a service, to compile packages with.
 *
 * @param directory the service's folder
 */
export function codeCompilers(
  directory: string,
  { instead, timeoutMs = timeLimitMs }: CodeCompilersOptions = {},
): FindCompiler {
  const ours = fileURLToPath(new URL(".", import.meta.url));
  return async (runtime) => {
    const node = await findNode({ runtime, directories: [directory, ours] }).catch((error) => {
      if (instead === undefined) throw error;
      return instead;
    });
    return {
      version: node.version,
      // Programs of another architecture than this one's are not looked for.
      architecture: process.arch,
      compile: (script) => compileWith(node, script, timeoutMs),
    };
  };
}

/** In a process without a variable of this one, and so without credentials. */
async function compileWith(
  node: NodeProgram,
  script: string,
  timeoutMs: number,
): ReturnType<CodeCompiler["compile"]> {
  const child = spawn(node.program, [...flags, "--eval", program], { env: {}, timeout: timeoutMs });
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) =>
      resolve(code === 0 ? "" : `it ended with ${code ?? signal}`),
    );
  });
  // Who ends early reads no more, which is told by how it ended.
  child.stdin.on("error", () => {}).end(script);
  const [cache, said, problem] = await Promise.all([
    buffer(child.stdout),
    text(child.stderr),
    ended,
  ]);
  if (problem === "") return cache;
  throw new LambdakitError("PACKAGE_CODE_CACHE", {
    message: `Node.js ${node.version} could not compile the packages: ${problem}.${said === "" ? "" : `\n${said.trim()}`}`,
    fix: "run the command again, or leave codeCache out",
    at: node.program,
  });
}
