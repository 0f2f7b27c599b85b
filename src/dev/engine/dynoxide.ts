import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
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

/** How often another port is tried, where somebody was quicker to take the one that was free. */
const attempts = 3;

/**
 * Dynoxide: DynamoDB on SQLite, as one native program.
 * @throws {LambdakitError} ENGINE_NOT_STARTED
 */
export async function startDynoxide(program: string, options: EngineOptions): Promise<TableEngine> {
  for (let attempt = 1; ; attempt++) {
    const started = await startAt(await freePort(), program, options);
    if (!("failed" in started)) return started;
    if (attempt === attempts || !/already in use/.test(started.failed)) {
      throw notStarted(started.failed, options);
    }
  }
}

async function startAt(
  port: number,
  program: string,
  { dataDirectory }: EngineOptions,
): Promise<TableEngine | { readonly failed: string }> {
  const database =
    dataDirectory === undefined ? [] : ["--db-path", path.join(dataDirectory, "tables.sqlite")];
  const child = spawnGuarded(program, ["--port", String(port), ...database]);
  const endpoint = `http://127.0.0.1:${port}`;
  let output = "";
  const listens = new Promise<undefined>((resolve) => {
    child.stderr?.on("data", (chunk) => {
      output = (output + chunk).slice(-2_000);
      if (output.includes(endpoint)) resolve(undefined);
    });
  });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) =>
      resolve(`dynoxide ended with ${signal ?? howItEnded(code)}${lastWords(output)}`),
    );
  });
  const failed = await whyNotReady(endpoint, listens, ended);
  if (failed !== undefined) {
    child.stdin?.end();
    return { failed };
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

/** @returns undefined once it answers, and why it will not where it does not */
async function whyNotReady(
  endpoint: string,
  listens: Promise<undefined>,
  ended: Promise<string>,
): Promise<string | undefined> {
  let reason: string | undefined;
  void ended.then((why) => {
    reason = why;
  });
  // It takes some 20 ms; ten seconds are for a machine that is busy with everything else.
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
    try {
      await tableApi(endpoint, "ListTables", {});
      // Whoever answers may be another one, which was quicker to take the port: ours ends then, and else says where it is.
      return await Promise.race([listens, ended, setTimeout(1_000, undefined, { ref: false })]);
    } catch {
      if (reason !== undefined) return reason;
      await setTimeout(5);
    }
  }
  return "it does not answer";
}

function notStarted(reason: string, { dataDirectory }: EngineOptions): LambdakitError {
  return new LambdakitError("ENGINE_NOT_STARTED", {
    message: `The table engine did not start: ${reason}`,
    fix:
      dataDirectory === undefined
        ? "lambdakit doctor"
        : `lambdakit dev --memory; if that works, the data is damaged: rm -r ${dataDirectory}`,
  });
}
