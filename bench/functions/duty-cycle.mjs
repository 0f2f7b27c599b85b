/**
 * Lets a process run for a share of the time only, by stopping and continuing it, from a thread that does
 * nothing else: a timer of a busy thread is too late by more than a slice takes. The pause follows
 * from how long the slice really was, so that the share comes out right all the same.
 */
import { workerData } from "node:worker_threads";

const { pid, share, periodMs, ended } = workerData;
const end = new Int32Array(ended);

try {
  while (Atomics.load(end, 0) === 0) {
    const start = performance.now();
    process.kill(pid, "SIGCONT");
    Atomics.wait(end, 0, 0, periodMs * share);
    process.kill(pid, "SIGSTOP");
    const ran = performance.now() - start;
    Atomics.wait(end, 0, 0, ran / share - ran);
  }
  process.kill(pid, "SIGCONT");
} catch {
  // The process has ended, and there is nobody left to be stopped.
}
