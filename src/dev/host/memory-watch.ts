/** How often it is looked at: an allocating loop makes some 100 MB in this time. */
const intervalMilliseconds = 50;
const bytesPerMb = 1024 * 1024;
/** What the tool, and environments that start meanwhile, may grow by without anybody being blamed: an estimate. */
const othersMb = 64;

interface Watched {
  readonly memoryMb: number;
  readonly startedAt: number;
  /** This process' memory before it began, or after another one was ended since. */
  baseBytes: number;
  readonly onExceeded: () => Promise<unknown>;
}

const watched = new Set<Watched>();
let timer: NodeJS.Timeout | undefined;
/** Somebody was called back, and has not given the memory back yet. */
let isFreeing = false;
let sample = { bytes: 0, takenAt: Number.NEGATIVE_INFINITY };

/**
 * Calls back when this process has grown by more, since now, than all the functions that run may use
 * together. V8's own limit of a thread's heap lies far above, and buffers have none: this is the one
 * that they get. It knows the process only, and not which thread has grown: the youngest is taken for
 * the one, and the next only where it goes on after that.
 *
 * @param onExceeded ends it; settles when its memory is free
 * @returns what ends the watch
 */
export function watchMemory(memoryMb: number, onExceeded: () => Promise<unknown>): () => void {
  const now = performance.now();
  const one = { memoryMb, startedAt: now, baseBytes: residentBytes(now), onExceeded };
  watched.add(one);
  timer ??= setInterval(look, intervalMilliseconds).unref();
  return () => void watched.delete(one);
}

function look(): void {
  if (watched.size === 0) {
    clearInterval(timer);
    timer = undefined;
    return;
  }
  if (isFreeing) return;
  const now = performance.now();
  const [first] = watched;
  // Most invocations are over before it is worth a look.
  if (first === undefined || now - first.startedAt < intervalMilliseconds) return;
  const bytes = residentBytes(now, 0);
  const all = [...watched];
  const allowedMb = all.reduce((sum, { memoryMb }) => sum + memoryMb, othersMb);
  const allowedBytes = allowedMb * bytesPerMb;
  if (all.some(({ baseBytes }) => bytes - baseBytes > allowedBytes)) endYoungest(all);
}

function endYoungest(all: readonly Watched[]): void {
  const youngest = all.at(-1) as Watched;
  watched.delete(youngest);
  isFreeing = true;
  void youngest.onExceeded().finally(() => {
    isFreeing = false;
    // What it has not given back to the operating system is not the others' fault.
    const left = residentBytes(performance.now(), 0);
    for (const one of watched) one.baseBytes = Math.max(one.baseBytes, left);
  });
}

/** Asking the operating system takes longer than a small invocation: an old answer will do. */
function residentBytes(now: number, maxAgeMilliseconds = 1000): number {
  if (now - sample.takenAt > maxAgeMilliseconds) {
    sample = { bytes: process.memoryUsage.rss(), takenAt: now };
  }
  return sample.bytes;
}
