import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";

/** Lambda has a whole vCPU at 1,769 MB; the Product service has 256. */
export const share = 256 / 1769;

const periodMs = 20;

/**
 * Waits until a process has stopped itself, and then gives it a share of a CPU, until it ends.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export function throttle(child: ChildProcess): void {
  const ended = new SharedArrayBuffer(4);
  child.once("exit", () => {
    Atomics.store(new Int32Array(ended), 0, 1);
    Atomics.notify(new Int32Array(ended), 0);
  });
  const { pid } = child;
  if (pid === undefined) return;
  const look = setInterval(() => {
    if (child.exitCode !== null) clearInterval(look);
    if (!isStopped(pid)) return;
    clearInterval(look);
    const program = new URL("duty-cycle.mjs", import.meta.url);
    const worker = new Worker(program, { workerData: { pid, share, periodMs, ended } });
    // Without it the process would stay stopped for ever.
    worker.once("error", () => child.kill("SIGKILL"));
  }, 2);
}

function isStopped(pid: number): boolean {
  try {
    // The state stands behind the name, which is in brackets and may hold anything.
    return /\) T/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
