import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { statisticOf } from "../index.ts";

describe("a statistic", () => {
  const values = [4, 1, 3, 2];
  it.each([
    ["Sum", 10],
    ["Average", 2.5],
    ["Maximum", 4],
    ["Minimum", 1],
    ["SampleCount", 4],
    ["p0", 1],
    ["p50", 2.5],
    ["p99", 3.97],
    ["p99.9", 3.997],
    ["p100", 4],
  ])("%s is made of the values of a period", (name, expected) => {
    expect(statisticOf(name, values)).toBeCloseTo(expected, 9);
    expect(statisticOf(name, [])).toBeUndefined();
  });

  it.each(["p101", "P99", "tm90", "IQM", "sum", "p99.999", "constructor"])(
    "is refused where it is not known: %s",
    (name) => {
      expect(() => statisticOf(name, values)).toThrow(`The statistic ${name} is not evaluated`);
    },
  );

  it("lies between the least and the greatest, and grows with its percentile", () => {
    const some = fc.array(fc.integer(), { minLength: 1 });
    fc.assert(
      fc.property(some, fc.nat(99), (all, percent) => {
        const at = statisticOf(`p${percent}`, all) as number;
        expect(at).toBeGreaterThanOrEqual(Math.min(...all));
        expect(statisticOf(`p${percent + 1}`, all) as number).toBeGreaterThanOrEqual(at);
        expect(statisticOf("p100", all)).toBe(Math.max(...all));
      }),
    );
  });
});
