import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AlarmFigures,
  computeExpression,
  type Expression,
  parseExpression,
  printExpression,
} from "../../index.ts";

const gap = undefined;
const compute = (text: string, figures: AlarmFigures) =>
  computeExpression(parseExpression(text), figures);

describe("CloudWatch's metric maths", () => {
  // The examples of AWS's page, and their outputs.
  const compared = { metric1: [30, 20, 0, 0], metric2: [20, gap, 20, gap] };
  const chosen = {
    metric1: [1, 1, 0, 0, gap],
    metric2: [30, gap, 0, 0, 30],
    metric3: [0, 0, 20, gap, 20],
  };
  it.each([
    ["metric1 < metric2", compared, [0, 0, 1, 0]],
    ["metric1 >= 30", compared, [1, 0, 0, 0]],
    ["metric1 > 15 AND metric2 > 15", compared, [1, 0, 0, 0]],
    ["IF(metric1, metric2, metric3)", chosen, [30, 0, 20, gap, gap]],
    ["IF(metric1, 5, metric3)", chosen, [5, 5, 20, gap, gap]],
    ["IF(metric1, metric2, 5)", chosen, [30, 0, 5, 5, gap]],
    ["IF(metric1 < 1, metric1)", chosen, [gap, gap, 0, 0, gap]],
  ])("does as AWS documents it: %s", (text, figures: AlarmFigures, expected) => {
    expect(compute(text, figures)).toEqual(expected);
  });

  const figures = { a: [1, 2, gap, gap], b: [4, gap, 8, gap], zero: [0, 0, 0, 0] };
  it.each([
    ["a", [1, 2, gap, gap]],
    ["a + b", [5, 2, 8, gap]],
    ["a - b", [-3, 2, -8, gap]],
    ["2 * a", [2, 4, gap, gap]],
    ["a / b", [0.25, gap, 0, gap]],
    ["b / 0", [gap, gap, gap, gap]],
    ["a / zero", [gap, gap, gap, gap]],
    ["1 + 2 * a - 4 / b", [2, 5, -0.5, gap]],
    ["(1 + 2) * a", [3, 6, gap, gap]],
    ["10 - a - 3", [6, 5, gap, gap]],
    ["-a", [-1, -2, gap, gap]],
    ["-(a - 3)", [2, 1, gap, gap]],
    ["a != 1", [0, 1, gap, gap]],
    ["a == 1 OR b == 8", [1, 0, 1, gap]],
    ["a <= 1 || zero > 0", [1, 0, 0, 0]],
    ["a >= 1 && b > 1", [1, 0, 0, gap]],
    ["FILL(a, 7)", [1, 2, 7, 7]],
    ["FILL(a, 0) + FILL(b, 0)", [5, 2, 8, 0]],
    ["a - MIN(a)", [0, 1, gap, gap]],
    ["a - AVG(a)", [0.25, 1.25, gap, gap]],
    ["a - MAX(a) + SUM(b)", [11, 12, gap, gap]],
    ["SUM([a, b])", [5, 2, 8, gap]],
    ["AVG([a, b])", [2.5, 1, 4, gap]],
    ["MIN([a, b])", [1, 2, 8, gap]],
    ["MAX([a, b])", [4, 2, 8, gap]],
    ["SUM(METRICS())", [5, 2, 8, 0]],
    ['SUM(METRICS("er"))', [0, 0, 0, 0]],
    ["SUM(FILL([a, b], 1))", [5, 3, 9, 2]],
    ["SUM([a, b] * 10)", [50, 20, 80, gap]],
    ["SUM(10 * [a, b])", [50, 20, 80, gap]],
    ["IF(2 > 1, a, b)", [1, 2, gap, gap]],
    ["IF(1 > 2, a, b)", [4, gap, 8, gap]],
    ["IF(1 > 2, a)", [gap, gap, gap, gap]],
  ])("makes %s of what is there and what is missing", (text, expected) => {
    expect(compute(text, figures)).toEqual(expected);
  });

  it.each([
    "RATE(a)",
    "rate(a)",
    "SEARCH(a)",
    "a +",
    "a b",
    "+ a",
    "IF(a)",
    "IF(a, 1, 2, 3)",
    "FILL(a)",
    "!a",
    "a ^ 2",
    "SELECT 1",
    "",
    "A + 1",
    "(a",
    "[a",
    'METRICS("")',
    "METRICS(a)",
    "a.b",
    "a % 2",
  ])("refuses to read what it does not know: %s", (text) => {
    expect(() => parseExpression(text)).toThrow(expect.objectContaining({ code: "ALARM_INVALID" }));
  });

  it.each([
    ["1", "an alarm watches one series"],
    ["SUM(a)", "an alarm watches one series"],
    ["METRICS()", "an alarm watches one series"],
    ["c + 1", "There is no metric c."],
    ["FILL(a, b)", "documents none"],
    ["FILL(1, 1)", "documents none"],
    ["SUM(1)", "documents none"],
    ["a + 1 / 0", "documents none"],
    ["[a, 1]", "documents none"],
    ["SUM([a] + [b])", "documents none"],
    ["IF([a], a, b)", "documents none"],
    ["IF(1, 2, 3)", "documents none"],
    ["a + AVG(none)", "documents none"],
  ])("refuses what comes to nothing that an alarm could watch: %s", (text, message) => {
    expect(() => compute(text, { ...figures, none: [gap, gap, gap, gap] })).toThrow(message);
  });

  const leaf = fc.oneof(
    fc.record({ type: fc.constant("number" as const), value: fc.nat(100).map((n) => n / 4) }),
    fc.record({ type: fc.constant("metric" as const), id: fc.constantFrom("a", "b2", "zero_c") }),
    fc.record({ type: fc.constant("metrics" as const), containing: fc.constantFrom("", "a") }),
  );
  const { any } = fc.letrec<{ any: Expression }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      leaf,
      fc.record({
        type: fc.constant("operation" as const),
        operator: fc.constantFrom("OR", "AND", "==", "<", ">=", "+", "-", "*", "/" as const),
        left: tie("any"),
        right: tie("any"),
      }) as fc.Arbitrary<Expression>,
      fc.record({ type: fc.constant("negative" as const), operand: tie("any") }),
      fc.record({
        type: fc.constant("list" as const),
        items: fc.array(tie("any"), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({
        type: fc.constant("call" as const),
        name: fc.constant("IF" as const),
        arguments: fc.array(tie("any"), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }));

  it("is printed as what is read as the same", () => {
    fc.assert(
      fc.property(any, (expression) => {
        expect(parseExpression(printExpression(expression))).toEqual(expression);
      }),
    );
  });
});
