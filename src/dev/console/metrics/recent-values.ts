/** The last few hundred values of one thing, with their times: as much memory after a day as after a minute. */
export class RecentValues {
  readonly #kept: number;
  readonly #values: number[] = [];
  readonly #times: number[] = [];
  #added = 0;

  constructor(kept = 500) {
    this.#kept = kept;
  }

  add(value: number, time: number): void {
    const place = this.#added % this.#kept;
    this.#values[place] = value;
    this.#times[place] = time;
    this.#added += 1;
  }

  /** In order of size. */
  since(time: number): number[] {
    return this.#values
      .filter((_, place) => (this.#times[place] ?? 0) >= time)
      .sort((a, b) => a - b);
  }
}

/** The nearest rank: a value that did occur; null where there is none. */
export function percentile(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? null;
}
