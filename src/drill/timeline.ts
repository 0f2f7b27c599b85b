import type { DrillEvent } from "./report.ts";

/** What happened in a drill, in order, told as it happens. */
export class Timeline {
  readonly #now: () => number;
  readonly #onEvent: (what: string) => void;
  readonly #events: DrillEvent[] = [];

  /** @param now milliseconds since 1970 */
  constructor(now: () => number, onEvent: (what: string) => void) {
    this.#now = now;
    this.#onEvent = onEvent;
  }

  get events(): readonly DrillEvent[] {
    return this.#events;
  }

  add(what: string): void {
    this.#events.push({ at: new Date(this.#now()).toISOString(), what });
    this.#onEvent(what);
  }
}
