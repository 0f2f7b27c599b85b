import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";
import path from "node:path";
import { LambdakitError } from "../../errors/index.ts";
import { freePort } from "../free-port.ts";
import { type EngineOptions, lackedByAll, type TableEngine } from "./engine.ts";
import { tableApi } from "./table-api.ts";

/** The engine's program for this machine; undefined where npm has installed none. */
export function findDynoxide(): string | undefined {
  const resolve = createRequire(import.meta.url).resolve;
  try {
    return resolve(`@dynoxide/${process.platform}-${process.arch}/dynoxide`);
  } catch {
    return undefined;
  }
}

/**
 * Dynoxide: DynamoDB on SQLite, as one native program.
 * @throws {LambdakitError} ENGINE_NOT_STARTED
 */
export async function startDynoxide(
  program: string,
  { dataDirectory }: EngineOptions,
): Promise<TableEngine> {
  const port = await freePort();
  const database =
    dataDirectory === undefined ? [] : ["--db-path", path.join(dataDirectory, "tables.sqlite")];
  const child = spawnGuarded(program, ["--port", String(port), ...database]);
  const ended = new Promise<string>((resolve) => {
    let output = "";
    child.stderr?.on("data", (chunk) => {
      output = (output + chunk).slice(-2_000);
    });
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) =>
      resolve(`dynoxide ended with ${signal ?? howItEnded(code)}${lastWords(output)}`),
    );
  });
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await waitUntilReady(endpoint, ended, dataDirectory);
  } catch (error) {
    child.stdin?.end();
    throw error;
  }
  return {
    name: "dynoxide",
    endpoint,
    lacks: lackedByAll,
    ended,
    async stop() {
      child.stdin?.end();
      await ended;
    },
  };
}

/**
 * Starts a program that ends when this process does, however this process ends: the shell between
 * them stops it as soon as its own standard input closes, which even `kill -9` brings about.
 */
function spawnGuarded(program: string, args: readonly string[]): ChildProcess {
  const guard =
    'exec 3<&0; "$@" & child=$!; (cat <&3 >/dev/null; kill "$child") & guard=$!; wait "$child"; code=$?; kill "$guard" 2>/dev/null; exit "$code"';
  return spawn("/bin/sh", ["-c", guard, "sh", program, ...args], {
    stdio: ["pipe", "ignore", "pipe"],
    // Out of the terminal's process group: Ctrl-C must not stop it before the requests are answered.
    detached: true,
  });
}

/** The shell says 128 and a signal's number, where a signal has ended the program. */
function howItEnded(code: number | null): string {
  const names = Object.entries(constants.signals);
  const [signal] = names.find(([, number]) => code === 128 + number) ?? [];
  return signal ?? `code ${code}`;
}

/** Without what it says in good times. */
function lastWords(output: string): string {
  const lines = output.split("\n").filter((line) => !/^(Dynoxide listening|Killed$|$)/.test(line));
  return lines.length === 0 ? "" : `: ${lines.join("\n").trim()}`;
}

async function waitUntilReady(
  endpoint: string,
  ended: Promise<string>,
  dataDirectory: string | undefined,
): Promise<void> {
  let reason: string | undefined;
  void ended.then((why) => {
    reason = why;
  });
  // It takes some 20 ms; ten seconds are for a machine that is busy with everything else.
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
    try {
      await tableApi(endpoint, "ListTables", {});
      return;
    } catch {
      if (reason !== undefined) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  throw new LambdakitError("ENGINE_NOT_STARTED", {
    message: `The table engine did not start: ${reason ?? "it does not answer"}`,
    fix:
      dataDirectory === undefined
        ? "lambdakit doctor"
        : `lambdakit dev --memory; if that works, the data is damaged: rm -r ${dataDirectory}`,
  });
}
