/** Something that happens at a time, unless it is called off before. */
export interface Deadline {
  /** By `performance.now()`. */
  readonly at: number;
  readonly onReached: () => void;
}

/**
 * As `setTimeout` and `clearTimeout`, for what is nearly always called off before its time: every request
 * has two such limits. One timer of Node.js's serves all of them, and hardly one comes to it. It does not
 * keep the process alive.
 */
export class Deadlines {
  readonly #pending = new Set<Deadline>();
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Number.POSITIVE_INFINITY;

  set(milliseconds: number, onReached: () => void): Deadline {
    const deadline = { at: performance.now() + milliseconds, onReached };
    this.#pending.add(deadline);
    if (deadline.at < this.#timerAt) this.#wakeAt(deadline.at);
    return deadline;
  }

  callOff(deadline: Deadline): void {
    this.#pending.delete(deadline);
  }

  #wakeAt(at: number): void {
    clearTimeout(this.#timer);
    this.#timerAt = at;
    // Node.js counts whole milliseconds, and would come up to one too early.
    this.#timer = setTimeout(() => this.#look(), Math.ceil(at - performance.now())).unref();
  }

  #look(): void {
    this.#timerAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    const reached = [...this.#pending].filter(({ at }) => at <= now);
    for (const deadline of reached) this.#pending.delete(deadline);
    const next = Math.min(...[...this.#pending].map(({ at }) => at));
    if (next < this.#timerAt) this.#wakeAt(next);
    for (const { onReached } of reached) onReached();
  }
}
