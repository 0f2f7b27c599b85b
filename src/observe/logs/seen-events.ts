import type { LogEvent } from "../../aws/index.ts";

/** The events that have been given on, as far back as one may come again. */
export class SeenEvents {
  readonly #times = new Map<string, number>();

  /**
   * @param oldest what is older will not be read again, and need not be remembered
   * @returns whether it is new
   */
  add({ id, timestamp }: LogEvent, oldest: number): boolean {
    if (this.#times.has(id)) return false;
    if (timestamp >= oldest) this.#times.set(id, timestamp);
    return true;
  }

  forget(before: number): void {
    for (const [id, timestamp] of this.#times) {
      if (timestamp < before) this.#times.delete(id);
    }
  }
}
