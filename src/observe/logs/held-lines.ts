import type { LogLine } from "./log-source.ts";

interface Held {
  readonly line: LogLine;
  /** In the clock's ticks. */
  readonly since: number;
  /** Of all lines, to tell those of one millisecond apart. */
  readonly number: number;
}

/** Keeps lines back for a moment, so that those of other groups which are on their way come before them. */
export class HeldLines {
  readonly #holdMilliseconds: number;
  #held: Held[] = [];
  #count = 0;

  constructor(holdMilliseconds: number) {
    this.#holdMilliseconds = holdMilliseconds;
  }

  get size(): number {
    return this.#held.length;
  }

  add(lines: readonly LogLine[], ticks: number): void {
    for (const line of lines) this.#held.push({ line, since: ticks, number: this.#count++ });
  }

  /**
   * The lines that are old enough, in order of time. What claims to be of the future is let go once it was held as long.
   *
   * @param now AWS's time
   */
  release(now: number, ticks: number): LogLine[] {
    const isDue = ({ line, since }: Held) =>
      line.timestamp <= now - this.#holdMilliseconds || since <= ticks - this.#holdMilliseconds;
    const due = this.#held.filter(isDue);
    if (due.length === 0) return [];
    this.#held = this.#held.filter((one) => !isDue(one));
    return inOrder(due);
  }

  releaseAll(): LogLine[] {
    const all = this.#held;
    this.#held = [];
    return inOrder(all);
  }
}

function inOrder(held: Held[]): LogLine[] {
  return held
    .sort((one, other) => one.line.timestamp - other.line.timestamp || one.number - other.number)
    .map(({ line }) => line);
}
