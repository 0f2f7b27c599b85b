import {
  type Expression,
  type Operator,
  parseExpression,
  printExpression,
} from "../../src/evaluate/index.ts";
import type { AlarmPlan } from "../../src/plan/index.ts";

/** An alarm that is wrong in one thing. Its types allow no such alarm: whoever edits the code could. */
export interface Mutant {
  readonly what: string;
  readonly alarm: AlarmPlan;
}

/** The alarm with each of its numbers, words and operators changed, one at a time. */
export function mutantsOf(alarm: AlarmPlan): Mutant[] {
  const changed = (what: string, changes: object): Mutant => {
    return { what, alarm: { ...alarm, ...changes } };
  };
  const { threshold, periods, datapointsToAlarm, periodSeconds } = alarm;
  const step = alarm.unit === "percent" ? 0.001 : 1;
  const others = <T>(all: readonly T[], own: T) => all.filter((one) => one !== own);
  return [
    changed("a higher threshold", { threshold: threshold + step }),
    changed("a lower threshold", { threshold: threshold - step }),
    ...others(comparisons, alarm.comparison).map((comparison) =>
      changed(comparison, { comparison }),
    ),
    changed("a period more", { periods: periods + 1 }),
    changed("a period less", { periods: periods - 1 }),
    changed("a datapoint more", { datapointsToAlarm: datapointsToAlarm + 1 }),
    changed("a datapoint less", { datapointsToAlarm: datapointsToAlarm - 1 }),
    changed("a period twice as long", { periodSeconds: periodSeconds * 2 }),
    ...(periodSeconds === 60
      ? []
      : [changed("a period of a fifth", { periodSeconds: periodSeconds / 5 })]),
    ...(isFilled(alarm)
      ? []
      : others(treatments, alarm.missingData).map((missingData) =>
          changed(`missing data is ${missingData}`, { missingData }),
        )),
    ...alarm.metrics.flatMap((metric, at) =>
      others(statistics, metric.statistic).map((statistic) =>
        changed(`${statistic} of ${metric.id}`, {
          metrics: alarm.metrics.with(at, { ...metric, statistic }),
        }),
      ),
    ),
    ...(alarm.expression === null
      ? []
      : expressionsNear(parseExpression(alarm.expression), threshold).map((expression) =>
          changed(printExpression(expression), { expression: printExpression(expression) }),
        )),
  ];
}

/** Where everything that is missing is filled, how missing data is treated cannot matter. */
export function isFilled({ expression }: AlarmPlan): boolean {
  return expression !== null && /^FILL\(\w+, 0\)( \+ FILL\(\w+, 0\))*$/.test(expression);
}

const comparisons = [
  "GreaterThanThreshold",
  "GreaterThanOrEqualToThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
];
const treatments = ["missing", "ignore", "breaching", "notBreaching"];
const statistics = ["Sum", "Average", "Maximum", "Minimum", "SampleCount", "p50", "p99"];
const arithmetic: readonly Operator[] = ["+", "-", "*", "/"];
const compared: readonly Operator[] = ["==", "!=", "<=", ">=", "<", ">"];

/** The expression with one part of it changed, for each part. */
function expressionsNear(whole: Expression, threshold: number): Expression[] {
  const near = (part: Expression): Expression[] => {
    switch (part.type) {
      case "number":
        // What counts as nothing has to be something that matters.
        return (part.value === 0 ? [threshold + 1, -1] : [part.value + 1, part.value - 1]).map(
          (value) =>
            value < 0
              ? { type: "negative", operand: { type: "number", value: -value } }
              : { type: "number", value },
        );
      case "operation": {
        const { operator, left, right } = part;
        const alike = [arithmetic, compared].find((all) => all.includes(operator)) ?? [];
        return [
          ...alike.filter((one) => one !== operator).map((one) => ({ ...part, operator: one })),
          ...near(left).map((one) => ({ ...part, left: one })),
          ...near(right).map((one) => ({ ...part, right: one })),
        ];
      }
      case "call": {
        const [first, second, third] = part.arguments;
        const swapped =
          part.name === "IF" && first && second && third
            ? [{ ...part, arguments: [first, third, second] }]
            : [];
        return [
          ...swapped,
          ...part.arguments.flatMap((argument, at) =>
            near(argument).map((one) => ({ ...part, arguments: part.arguments.with(at, one) })),
          ),
        ];
      }
      default:
        return [];
    }
  };
  const unfilled = withoutFill(whole);
  const all = [
    ...near(whole),
    ...(printExpression(unfilled) === printExpression(whole) ? [] : [unfilled]),
  ];
  // Below nothing there is nothing: what is never over a threshold may as well be less.
  return all.filter((one) => !printExpression(one).includes(", -1)") || isSum(one));
}

/** Less than nothing matters only where something else is added to it. */
function isSum(expression: Expression): boolean {
  return /^FILL\(.* \+ /.test(printExpression(expression));
}

function withoutFill(part: Expression): Expression {
  if (part.type === "call" && part.name === "FILL") return part.arguments[0] as Expression;
  if (part.type !== "operation") return part;
  return { ...part, left: withoutFill(part.left), right: withoutFill(part.right) };
}
