import type { MetricSlot } from "./metrics-told.ts";
import { RecentValues } from "./recent-values.ts";

export const slotMilliseconds = 5_000;
/** A quarter of an hour: what was tried just now, and what was there before it. */
export const keptSlots = 180;

/** A slot that is still counted in, or was. */
export interface OpenSlot {
  readonly time: number;
  readonly counts: {
    -readonly [Name in Exclude<keyof MetricSlot, "time" | "p50" | "p90" | "p99">]: number;
  };
  readonly latencies: RecentValues;
}

/** The slots of the last minutes: a new one takes the place of the one that is too old by now. */
export class SlotRing {
  readonly #now: () => number;
  readonly #slots: OpenSlot[] = [];
  readonly #changed = new Set<OpenSlot>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** When the oldest one begins that is kept. */
  get since(): number {
    return this.#presentTime() - (keptSlots - 1) * slotMilliseconds;
  }

  /** The present slot, to count in. */
  open(): OpenSlot {
    const time = this.#presentTime();
    const place = (time / slotMilliseconds) % keptSlots;
    let slot = this.#slots[place];
    if (slot?.time !== time) {
      // Nobody may have asked for it.
      if (slot !== undefined) this.#changed.delete(slot);
      slot = newSlot(time);
      this.#slots[place] = slot;
    }
    this.#changed.add(slot);
    return slot;
  }

  /** All that are kept, the oldest first. */
  everything(): readonly OpenSlot[] {
    this.#changed.clear();
    const { since } = this;
    return this.#slots.filter(({ time }) => time >= since).sort((a, b) => a.time - b.time);
  }

  /** Those that were opened since somebody asked. */
  changes(): readonly OpenSlot[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  #presentTime(): number {
    return Math.floor(this.#now() / slotMilliseconds) * slotMilliseconds;
  }
}

function newSlot(time: number): OpenSlot {
  return {
    time,
    counts: {
      requests: 0,
      clientErrors: 0,
      serverErrors: 0,
      coldStarts: 0,
      read: 0,
      write: 0,
      throttled: 0,
      validationFailures: 0,
      conflicts: 0,
      idempotentReplays: 0,
    },
    latencies: new RecentValues(100),
  };
}
