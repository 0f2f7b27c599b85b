const bytesPerMb = 1024 * 1024;

/** Measured: with half of it a heap is no smaller after a while, and is collected more often. */
const growthBytes = 6 * bytesPerMb;

/** Of all the time, collecting may take this part: a heap that is large takes long. */
const largestShare = 0.02;

/**
 * Keeps a heap as small as what is in use. V8 lets a heap that was 12 MB grow to 30 and more before it
 * looks for old garbage, and a thread that stands still never gets to it: with some threads that is
 * most of what they take. Asked at a moment when nobody waits.
 */
export class HeapKeeper {
  readonly #collect: () => number;
  readonly #now: () => number;
  /** The least that was in use since the last collection, V8's own ones included. */
  #leastBytes = Number.POSITIVE_INFINITY;
  #notBefore = 0;

  /**
   * @param collect collects, and gives the bytes that are in use then
   * @param now milliseconds of a clock that only goes forward
   */
  constructor(collect: () => number, now: () => number) {
    this.#collect = collect;
    this.#now = now;
  }

  /** Collects where that is worth its time. */
  look(usedBytes: number): void {
    this.#leastBytes = Math.min(this.#leastBytes, usedBytes);
    if (usedBytes - this.#leastBytes < growthBytes) return;
    const begun = this.#now();
    if (begun < this.#notBefore) return;
    this.#leastBytes = this.#collect();
    const ended = this.#now();
    this.#notBefore = ended + (ended - begun) / largestShare;
  }
}
