import { AlarmError } from "../alarm-error.ts";
import type { Series } from "../series.ts";
import { callFunction } from "./call.ts";
import type { Expression } from "./expression.ts";
import { operate } from "./operate.ts";
import { printExpression } from "./print.ts";
import { scalar, series, type Value } from "./value.ts";

/** The figures of each metric, by its id: as many for each, and of the same periods. */
export type AlarmFigures = Readonly<Record<string, Series>>;

/**
 * The series that an expression comes to.
 *
 * @throws {AlarmError} ALARM_INVALID where it comes to a number or to several series, which no alarm can watch; where
 *   a metric is not there; where a function or an operator does not take what it gets
 */
export function computeExpression(expression: Expression, figures: AlarmFigures): Series {
  const refuse = (part: Expression, message: string, fix: string): never => {
    throw new AlarmError(printExpression(part), message, fix);
  };
  const compute = (part: Expression): Value => {
    switch (part.type) {
      case "number":
        return scalar(part.value);
      case "metric": {
        if (Object.hasOwn(figures, part.id)) return series(figures[part.id] ?? []);
        const known = Object.keys(figures).join(", ");
        return refuse(part, `There is no metric ${part.id}.`, `use one of ${known}`);
      }
      case "metrics": {
        const ids = Object.keys(figures).filter((id) => id.includes(part.containing));
        return { type: "array", all: ids.map((id) => figures[id] ?? []) };
      }
      case "list":
        return arrayOf(part.items.map(compute)) ?? refuse(part, ...unfit);
      case "negative":
        return operate("*", scalar(-1), compute(part.operand)) ?? refuse(part, ...unfit);
      case "operation":
        return (
          operate(part.operator, compute(part.left), compute(part.right)) ?? refuse(part, ...unfit)
        );
      case "call":
        return callFunction(part.name, part.arguments.map(compute)) ?? refuse(part, ...unfit);
    }
  };
  const result = compute(expression);
  if (result.type === "series") return result.points;
  const what = result.type === "scalar" ? "a number" : "several series";
  return refuse(
    expression,
    `This comes to ${what}, and an alarm watches one series.`,
    "make one series of it, such as SUM(METRICS())",
  );
}

const unfit = [
  "CloudWatch has no result for these values, or documents none.",
  "give each function and operator the kind of value that it takes",
] as const;

function arrayOf(items: readonly Value[]): Value | undefined {
  const all = items.flatMap((item) =>
    item.type === "series" ? [item.points] : item.type === "array" ? item.all : [],
  );
  return items.some(({ type }) => type === "scalar") ? undefined : { type: "array", all };
}
