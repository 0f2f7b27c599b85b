/** How often it is looked at: an allocating loop makes some 100 MB in this time. */
const intervalMilliseconds = 50;
const bytesPerMb = 1024 * 1024;

interface Watched {
  readonly memoryMb: number;
  readonly startedAt: number;
  /** This process' memory before it began. */
  readonly baseBytes: number;
  readonly onExceeded: () => void;
}

const watched = new Set<Watched>();
let timer: NodeJS.Timeout | undefined;
let sample = { bytes: 0, takenAt: Number.NEGATIVE_INFINITY };

/**
 * Calls back when this process has grown by more, since now, than all the functions that run may use
 * together. A thread's heap has a limit of its own, and its buffers have none: this is the one that
 * they get. It knows the process only, and not which thread has grown.
 *
 * @returns what ends the watch
 */
export function watchMemory(memoryMb: number, onExceeded: () => void): () => void {
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
  const now = performance.now();
  const [first] = watched;
  // Most invocations are over before it is worth a look.
  if (first === undefined || now - first.startedAt < intervalMilliseconds) return;
  const bytes = residentBytes(now, 0);
  const allowedBytes = [...watched].reduce((sum, { memoryMb }) => sum + memoryMb, 0) * bytesPerMb;
  for (const one of watched) {
    if (bytes - one.baseBytes <= allowedBytes) continue;
    watched.delete(one);
    one.onExceeded();
  }
}

/** Asking the operating system takes longer than a small invocation: an old answer will do. */
function residentBytes(now: number, maxAgeMilliseconds = 1000): number {
  if (now - sample.takenAt > maxAgeMilliseconds) {
    sample = { bytes: process.memoryUsage.rss(), takenAt: now };
  }
  return sample.bytes;
}
