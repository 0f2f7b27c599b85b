/** What happened within a few seconds. */
export interface MetricSlot {
  /** Epoch milliseconds of its beginning. */
  readonly time: number;
  readonly requests: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
  /** Of requests, as the caller waits for them, in milliseconds; null where there were none. */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly coldStarts: number;
  /** Capacity units of all tables: an estimate. */
  readonly read: number;
  readonly write: number;
  readonly throttled: number;
  readonly validationFailures: number;
  readonly conflicts: number;
  readonly idempotentReplays: number;
}

/** A route's latency within its function, over all that is kept. */
export interface RouteLatency {
  readonly route: string;
  readonly requests: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
}

/** A metric of the service's own, over all that is kept. */
export interface OwnMetric {
  readonly name: string;
  readonly unit: string;
  /** Such as `channel web`. */
  readonly dimensions: string;
  readonly values: number;
  readonly sum: number;
  readonly largest: number;
}

export interface MetricsTold {
  readonly slotSeconds: number;
  readonly slots: number;
  /** Those that have changed; the page keeps the others. */
  readonly changed: readonly MetricSlot[];
  /** Of the last thousand requests, as callers wait for them, in milliseconds. */
  readonly latency: Pick<MetricSlot, "p50" | "p90" | "p99">;
  readonly routes: readonly RouteLatency[];
  readonly own: readonly OwnMetric[];
}
