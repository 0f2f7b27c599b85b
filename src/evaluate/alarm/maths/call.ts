import type { Series } from "../series.ts";
import type { FunctionName } from "./expression.ts";
import { eachSeries, scalar, series, type Value } from "./value.ts";

/**
 * A function's result; undefined where it does not take such values, or where CloudWatch does not document
 * what comes of them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list (2026-11-27)
 */
export function callFunction(name: FunctionName, values: readonly Value[]): Value | undefined {
  const [first, second, third] = values;
  if (first === undefined) return undefined;
  if (name === "IF") return second && choose(first, second, third);
  if (name === "FILL") {
    if (second?.type !== "scalar") return undefined;
    return eachSeries(first, (points) => points.map((point) => point ?? second.value));
  }
  return aggregate(name, first);
}

/**
 * By the condition's own points: where it has none, neither has the result. A true one whose value is
 * missing is 0, a false one is dropped.
 */
function choose(condition: Value, yes: Value, no: Value | undefined): Value | undefined {
  if (condition.type === "array" || yes.type === "array" || no?.type === "array") return undefined;
  if (condition.type === "scalar") {
    const chosen = condition.value === 0 ? no : yes;
    if (chosen !== undefined) return chosen.type === "series" ? chosen : undefined;
    return yes.type === "series" ? series(yes.points.map(() => undefined)) : undefined;
  }
  return series(
    condition.points.map((holds, at) => {
      if (holds === undefined) return undefined;
      if (holds !== 0) return yes.type === "scalar" ? yes.value : (yes.points[at] ?? 0);
      return no?.type === "scalar" ? no.value : no?.points[at];
    }),
  );
}

/** Over the points of one series it is a number, and over several series a series. */
function aggregate(name: "SUM" | "AVG" | "MIN" | "MAX", value: Value): Value | undefined {
  if (value.type === "scalar") return undefined;
  const work = aggregates[name];
  if (value.type === "series") {
    const result = work(value.points);
    return result === undefined ? undefined : scalar(result);
  }
  const [first] = value.all;
  return first && series(first.map((_, at) => work(value.all.map((points) => points[at]))));
}

/** Of none there is nothing, whatever is asked. What is missing among others counts as 0 in an average. */
const aggregates: Readonly<Record<string, (points: Series) => number | undefined>> & {
  readonly [Name in "SUM" | "AVG" | "MIN" | "MAX"]: (points: Series) => number | undefined;
} = {
  SUM: (points) => reduced(points, (a, b) => a + b),
  AVG: (points) => {
    const total = reduced(points, (a, b) => a + b);
    return total === undefined ? undefined : total / points.length;
  },
  MIN: (points) => reduced(points, Math.min),
  MAX: (points) => reduced(points, Math.max),
};

function reduced(points: Series, work: (a: number, b: number) => number): number | undefined {
  const there = points.filter((point) => point !== undefined);
  return there.length === 0 ? undefined : there.reduce((a, b) => work(a, b));
}
