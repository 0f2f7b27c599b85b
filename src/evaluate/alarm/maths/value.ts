import type { Series } from "../series.ts";

/** What a part of an expression comes to: CloudWatch's S, TS and TS[]. */
export type Value =
  | { readonly type: "scalar"; readonly value: number }
  | { readonly type: "series"; readonly points: Series }
  | { readonly type: "array"; readonly all: readonly Series[] };

export function scalar(value: number): Value {
  return { type: "scalar", value };
}

export function series(points: Series): Value {
  return { type: "series", points };
}

/** The same with each of several series. */
export function eachSeries(value: Value, work: (points: Series) => Series): Value | undefined {
  if (value.type === "scalar") return undefined;
  if (value.type === "series") return series(work(value.points));
  return { type: "array", all: value.all.map(work) };
}
