import { describe, expect, it } from "vitest";
import { productPlan } from "../../product-plan.ts";
import { metricMaths } from "./metric-maths.ts";

const rate = "IF(errors >= 5, 100 * errors / requests, 0)";

describe("metric maths", () => {
  it.each([
    [rate, { errors: 5, requests: 50 }, 10],
    [rate, { errors: 4, requests: 50 }, 0],
    [rate, { errors: undefined, requests: 50 }, undefined],
    [rate, { errors: 5, requests: 0 }, undefined],
    ["FILL(a, 0) + FILL(b, 0)", { a: undefined, b: 2 }, 2],
    ["1 + 2 * 3 - 4 / 2", {}, 5],
    ["(1 + 2) * 3", {}, 9],
    ["10 - 2 - 3", {}, 5],
    ["a != 1", { a: 1 }, 0],
    ["a", { a: 1.5 }, 1.5],
  ])("makes of %s with %j: %j", (expression, figures, expected) => {
    expect(metricMaths(expression)(figures)).toBe(expected);
  });

  it.each([
    "AVG(a)",
    "rate(a)",
    "a +",
    "a b",
    "IF(a, 1)",
    "IF(a, 1, 2, 3)",
    "a && b",
    "SELECT 1",
    "",
    "A + 1",
  ])("refuses %s", (expression) => {
    expect(() => metricMaths(expression)).toThrow("is not evaluated here");
  });

  it("refuses a metric that is not there", () => {
    expect(() => metricMaths("a + b")({ a: 1 })).toThrow("is not evaluated here");
  });

  it("knows all that is planned", () => {
    const expressions = productPlan("prod").alarms.flatMap(({ expression }) => expression ?? []);
    expect(expressions.length).toBeGreaterThan(5);
    for (const expression of expressions) expect(() => metricMaths(expression)).not.toThrow();
  });
});
