import type { Series } from "../series.ts";
import type { Operator } from "./expression.ts";
import { scalar, series, type Value } from "./value.ts";

/**
 * Two values by an operator; undefined where it does not take such values.
 *
 * Where one of two series has a value and the other has none, the missing one counts as 0; where both have
 * none, so has the result. A number has a value everywhere, and makes none where the series has none. What
 * would be divided by 0 is dropped.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-arithmetic (2026-11-27)
 */
export function operate(operator: Operator, left: Value, right: Value): Value | undefined {
  const work = works[operator];
  if (left.type === "array" || right.type === "array") return withArray(operator, left, right);
  if (left.type === "scalar" && right.type === "scalar") {
    const result = work(left.value, right.value);
    return result === undefined ? undefined : scalar(result);
  }
  if (left.type === "scalar") {
    const { value } = left;
    return series(pointsOf(right).map((point) => known(point, (b) => work(value, b))));
  }
  if (right.type === "scalar") {
    const { value } = right;
    return series(left.points.map((point) => known(point, (a) => work(a, value))));
  }
  const others = right.points;
  return series(
    left.points.map((a, at) => {
      const b = others[at];
      return a === undefined && b === undefined ? undefined : work(a ?? 0, b ?? 0);
    }),
  );
}

/** Each of the series with the other value; two arrays have no pairs. */
function withArray(operator: Operator, left: Value, right: Value): Value | undefined {
  const all = (array: readonly Series[], one: (points: Series) => Value | undefined) => {
    const results = array.map((points) => one(points));
    return results.every((result) => result?.type === "series")
      ? ({ type: "array", all: results.map(pointsOf) } as const)
      : undefined;
  };
  if (left.type === "array") {
    if (right.type === "array") return undefined;
    return all(left.all, (points) => operate(operator, series(points), right));
  }
  if (right.type !== "array") return undefined;
  return all(right.all, (points) => operate(operator, left, series(points)));
}

function pointsOf(value: Value | undefined): Series {
  return value?.type === "series" ? value.points : [];
}

function known(point: number | undefined, work: (point: number) => number | undefined) {
  return point === undefined ? undefined : work(point);
}

const works: Readonly<Record<Operator, (a: number, b: number) => number | undefined>> = {
  OR: (a, b) => Number(a !== 0 || b !== 0),
  AND: (a, b) => Number(a !== 0 && b !== 0),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
  "<=": (a, b) => Number(a <= b),
  ">=": (a, b) => Number(a >= b),
  "<": (a, b) => Number(a < b),
  ">": (a, b) => Number(a > b),
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? undefined : a / b),
};
