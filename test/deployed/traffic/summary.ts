/** A request that was sent, and what became of it. */
export interface Sent {
  /** Epoch milliseconds, of its beginning. */
  readonly at: number;
  readonly route: string;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  readonly version: string | undefined;
  readonly milliseconds: number;
  readonly error: string | undefined;
}

export interface Summary {
  readonly total: number;
  /** Answered with 5xx, or not at all. */
  readonly failed: number;
  /** By the version that was asked; `none` where that is not known. */
  readonly failedByVersion: Readonly<Record<string, number>>;
  readonly byVersion: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Why no answer came. */
  readonly byError: Readonly<Record<string, number>>;
  /** The longest time without a good answer. */
  readonly longestGapMilliseconds: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
}

export function summarise(sent: readonly Sent[]): Summary {
  const failed = sent.filter(isFailed);
  const waits = sent.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    total: sent.length,
    failed: failed.length,
    failedByVersion: count(failed, ({ version }) => version),
    byVersion: count(sent, ({ version }) => version),
    byStatus: count(sent, ({ status }) => status),
    byError: count(
      sent.filter(({ error }) => error !== undefined),
      ({ error }) => error,
    ),
    longestGapMilliseconds: longestGap(sent),
    p50Milliseconds: percentile(waits, 0.5),
    p99Milliseconds: percentile(waits, 0.99),
  };
}

export function isFailed({ status }: Pick<Sent, "status">): boolean {
  return status === undefined || status >= 500;
}

function longestGap(sent: readonly Sent[]): number {
  const good = sent
    .filter((one) => !isFailed(one))
    .map(({ at, milliseconds }) => at + milliseconds)
    .sort((a, b) => a - b);
  return good.reduce((longest, at, place) => Math.max(longest, at - (good[place - 1] ?? at)), 0);
}

/** The smallest value that so large a part of all is not above. 0 where there is none. */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

function count<Item>(items: readonly Item[], keyOf: (item: Item) => string | number | undefined) {
  const counts: Record<string, number> = {};
  for (const item of items) {
    const key = keyOf(item) ?? "none";
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
