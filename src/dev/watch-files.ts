import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { watch } from "chokidar";

export interface Watcher {
  /** Resolves when every change from now on is noticed. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

const ignored = new Set(["node_modules", ".git", ".lambdakit", "dist", "coverage"]);

/** Editors write a file in several steps; what comes within this time is one change. */
const settleMilliseconds = 15;

/** Most steps follow each other within this time. What is read then is mostly what will be there. */
const pauseMilliseconds = 3;

/**
 * Resolves once nothing has changed for a moment: to true where nothing has since the call of `onChange` that
 * got it, and so what was read then is good; to false where something has, and there will be another call.
 */
export type Settled = () => Promise<boolean>;

/**
 * Calls `onChange` as soon as something below the folders has changed, and again if more changes while it
 * works. Never twice at a time.
 */
export function watchFiles(
  folders: readonly string[],
  onChange: (settled: Settled) => Promise<void>,
): Watcher {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let closed = false;
  let changes = 0;
  let changedAt = 0;
  const settledSince = async (before: number) => {
    for (;;) {
      if (closed || changes !== before) return false;
      const left = changedAt + settleMilliseconds - performance.now();
      if (left <= 0) return true;
      await pause(left);
    }
  };
  const run = () => {
    timer = undefined;
    if (working !== undefined) {
      void working.then(schedule);
      return;
    }
    const before = changes;
    working = onChange(() => settledSince(before)).finally(() => {
      working = undefined;
    });
  };
  const schedule = () => {
    clearTimeout(timer);
    if (closed) return;
    timer = setTimeout(run, pauseMilliseconds);
  };
  const note = () => {
    changes += 1;
    changedAt = performance.now();
    schedule();
  };
  const watcher = watch([...folders], {
    ignoreInitial: true,
    ignored: (file) => ignored.has(path.basename(file)),
  });
  watcher.on("all", note);
  // Of one file, chokidar tells a change within 50 ms of the last to nobody: it would be lost.
  watcher.on("raw", (_event, file) => {
    if (!ignored.has(path.basename(String(file)))) note();
  });
  return {
    ready: new Promise((resolve) => watcher.once("ready", resolve)),
    async close() {
      closed = true;
      clearTimeout(timer);
      await watcher.close();
      await working;
    },
  };
}
