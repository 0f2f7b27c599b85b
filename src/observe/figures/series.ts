import type { MetricPoint } from "../../aws/index.ts";
import { periodsIn, type TimeWindow } from "../time/time-window.ts";

/** One value for each period of a window; null where nothing was reported. */
export type Series = readonly (number | null)[];

/** Points in their places. What lies outside of the window is left out. */
export function seriesOf(points: readonly MetricPoint[], window: TimeWindow): Series {
  const slots: (number | null)[] = Array.from({ length: periodsIn(window) }, () => null);
  for (const { at, value } of points) {
    const slot = Math.floor((at - window.from.getTime()) / 1000 / window.periodSeconds);
    if (slot >= 0 && slot < slots.length) slots[slot] = value;
  }
  return slots;
}

/** Of all periods; null where nothing was reported in any of them: that is not 0. */
export function total(series: Series): number | null {
  return folded(series, (one, other) => one + other);
}

export function highest(series: Series): number | null {
  return folded(series, Math.max);
}

/** The last value that there is. */
export function latest(series: Series): number | null {
  return series.findLast((value) => value !== null) ?? null;
}

function folded(series: Series, join: (one: number, other: number) => number): number | null {
  return series.reduce<number | null>(
    (sum, value) => (value === null ? sum : sum === null ? value : join(sum, value)),
    null,
  );
}
