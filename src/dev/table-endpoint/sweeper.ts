import { isTableNotFound } from "../engine/index.ts";
import type { CallEngine } from "./control-plane/operation.ts";
import type { TableEvent } from "./table-event.ts";
import { deleteExpired } from "./time-to-live.ts";
import type { TimeToLiveSettings } from "./time-to-live-settings.ts";

export interface SweeperOptions {
  readonly call: CallEngine;
  readonly settings: TimeToLiveSettings;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The least time between two sweeps. */
  readonly everyMilliseconds: number;
  readonly onEvent: (event: TableEvent) => void;
}

/** A large table takes long to look through: of ten minutes, sweeping has at most half of one. */
const restForEachMillisecond = 20;

/** Deletes expired items from time to time: AWS does so within days, here it can be seen. */
export class Sweeper {
  readonly #options: SweeperOptions;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #sweeping: Promise<number> | undefined;

  constructor(options: SweeperOptions) {
    this.#options = options;
    this.#scheduleAfter(0);
  }

  /**
   * Deletes what has expired by now, in all tables.
   * @returns how many items that were
   * @throws {TableApiError} and whatever a call can fail with
   */
  sweep(): Promise<number> {
    this.#sweeping ??= this.#sweep().finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  /** Waits for a sweep that is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#sweeping?.catch(() => {});
  }

  async #sweep(): Promise<number> {
    const { call, settings, now, onEvent } = this.#options;
    let all = 0;
    for (const [table, attribute] of settings) {
      const items = await deleteExpired(call, table, attribute, Math.floor(now() / 1_000)).catch(
        // A table of the plan that is not there yet, or one that was deleted.
        (error) => (isTableNotFound(error) ? 0 : Promise.reject(error)),
      );
      if (items > 0) onEvent({ type: "items-expired", table, items });
      all += items;
    }
    return all;
  }

  #scheduleAfter(lastMilliseconds: number): void {
    const pause = Math.max(
      this.#options.everyMilliseconds,
      lastMilliseconds * restForEachMillisecond,
    );
    this.#timer = setTimeout(() => void this.#sweepQuietly(), pause);
    // A process that has nothing else to do may end.
    this.#timer.unref();
  }

  async #sweepQuietly(): Promise<void> {
    const started = performance.now();
    await this.sweep().catch((error) => {
      this.#options.onEvent({ type: "items-not-expired", error });
    });
    if (!this.#isStopped) this.#scheduleAfter(performance.now() - started);
  }
}
