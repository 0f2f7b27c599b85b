import type { Clock } from "./clock.ts";

/**
 * How many calls a second all groups have together. A choice of ours: AWS counts the calls of a whole account, by
 * region, and dashboards and colleagues read logs as well.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html (2026-11-27)
 */
const callsPerSecond = 5;
/** Calls that may be made at once, after a pause: a service's groups are all asked in the beginning. */
const burst = 5;
/** Where AWS throttles all the same: half as many, down to one call in five seconds. */
const slowest = 0.2;
/** Calls that are on their way together are throttled together, which is one throttling. */
const oneThrottlingMilliseconds = 1_000;
/** And up again by so many calls a second with each that succeeds: quickly down and slowly up, as networks do. */
const recovery = 0.25;

/** Calls of one account, made one after the other at a pace that AWS bears. */
export class CallBudget {
  readonly #clock: Clock;
  #rate = callsPerSecond;
  #tokens = burst;
  #filledAt: number;
  #throttledAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#filledAt = clock.ticks();
  }

  /** Waits until a call may be made. */
  async take(signal: AbortSignal): Promise<void> {
    this.#fill();
    this.#tokens -= 1;
    // Whoever comes later owes more, and so waits longer.
    if (this.#tokens < 0) await this.#clock.sleep((-this.#tokens / this.#rate) * 1000, signal);
  }

  throttled(): void {
    this.#fill();
    const now = this.#clock.ticks();
    if (now - this.#throttledAt < oneThrottlingMilliseconds) return;
    this.#throttledAt = now;
    this.#rate = Math.max(slowest, this.#rate / 2);
    this.#tokens = Math.min(this.#tokens, 0);
  }

  succeeded(): void {
    this.#fill();
    this.#rate = Math.min(callsPerSecond, this.#rate + recovery);
  }

  #fill(): void {
    const now = this.#clock.ticks();
    const gained = ((now - this.#filledAt) / 1000) * this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + gained);
    this.#filledAt = now;
  }
}
