import { setTimeout } from "node:timers/promises";

/** Time, and chance, as whoever waits needs them. */
export interface Clock {
  /** Milliseconds that only ever grow, from anywhere on. */
  ticks(): number;
  /** Ends early, and without an error, when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** From 0 to 1. */
  random(): number;
}

export const systemClock: Clock = {
  ticks: () => performance.now(),
  random: Math.random,
  async sleep(milliseconds, signal) {
    await setTimeout(milliseconds, undefined, { signal }).catch(() => {});
  },
};
