import path from "node:path";
import { watch } from "chokidar";

export interface Watcher {
  /** Resolves when every change from now on is noticed. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

const ignored = new Set(["node_modules", ".git", ".lambdakit", "dist", "coverage"]);

/** Editors write a file in several steps; what comes within this time is one change. */
const settleMilliseconds = 15;

/**
 * Calls `onChange` after something below the folders has changed, and again if more changes while it
 * works. Never twice at a time.
 */
export function watchFiles(folders: readonly string[], onChange: () => Promise<void>): Watcher {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let closed = false;
  const run = () => {
    timer = undefined;
    if (working !== undefined) {
      void working.then(schedule);
      return;
    }
    working = onChange().finally(() => {
      working = undefined;
    });
  };
  const schedule = () => {
    clearTimeout(timer);
    if (closed) return;
    timer = setTimeout(run, settleMilliseconds);
  };
  const watcher = watch([...folders], {
    ignoreInitial: true,
    ignored: (file) => ignored.has(path.basename(file)),
  });
  watcher.on("all", schedule);
  // Of one file, chokidar tells a change within 50 ms of the last to nobody: it would be lost.
  watcher.on("raw", (_event, file) => {
    if (!ignored.has(path.basename(String(file)))) schedule();
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
