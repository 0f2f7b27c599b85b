import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { holdDocument } from "../held-answers.ts";

/** What `lambdakit dev --json` says when it is ready. */
export interface Ready {
  readonly url: string;
  /** Where debuggers attach; `null` without `--inspect`. */
  readonly inspector: string | null;
  readonly engine: { readonly name: string; readonly endpoint: string };
}

export interface DevProcess {
  readonly process: ChildProcess;
  readonly ready: Ready;
  /** Sends a signal, and waits until the process has ended. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Runs the built command line as a process of its own, as a user would. */
export async function startDevProcess(args: readonly string[]): Promise<DevProcess> {
  const { DYNAMODB_ENDPOINT: _, ...env } = process.env;
  const child = spawn(process.execPath, ["dist/cli/bin.js", "dev", "--json", "--quiet", ...args], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<Ready>((resolve, reject) => {
    lines.on("line", (line) => {
      const event = JSON.parse(line);
      holdDocument("dev", event);
      if (event.type === "ready") resolve(event);
      if ("error" in event) reject(new Error(`${event.error.code}: ${event.error.message}`));
    });
    lines.on("close", () => reject(new Error("lambdakit dev ended before it was ready")));
  });
  return {
    process: child,
    ready: await ready,
    async end(signal) {
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}
