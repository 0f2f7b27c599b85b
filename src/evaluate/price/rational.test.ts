import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rational } from "../index.ts";

const decimal = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 9_999 }))
  .map(([whole, decimals]) => Rational.of(`${whole}.${String(decimals).padStart(4, "0")}`));

describe("a rational number", () => {
  it("adds tenths without a rest", () => {
    const sum = Rational.of("0.1").plus(Rational.of("0.2"));
    expect(sum.compare(Rational.of("0.3"))).toBe(0);
  });

  it("is the same whatever the order of its terms", () => {
    fc.assert(
      fc.property(fc.array(decimal), (terms) => {
        const there = Rational.sum(terms);
        const back = Rational.sum([...terms].reverse());
        expect(there.compare(back)).toBe(0);
      }),
    );
  });

  it("comes back from every operation that has an opposite", () => {
    fc.assert(
      fc.property(decimal, decimal, (one, other) => {
        expect(one.plus(other).minus(other).compare(one)).toBe(0);
        if (!other.isZero) expect(one.times(other).dividedBy(other).compare(one)).toBe(0);
      }),
    );
  });

  it.each([
    ["0.005", 2, "0.01"],
    ["-0.005", 2, "-0.01"],
    ["0.0049", 2, "0.00"],
    ["-0.0049", 2, "0.00"],
    ["1234.5", 0, "1235"],
    ["7", 3, "7.000"],
  ])("writes %s with %i decimals as %s", (value, decimals, expected) => {
    expect(Rational.of(value).toFixed(decimals)).toBe(expected);
  });

  it.each([
    ["1.0001", "2"],
    ["2", "2"],
    ["0", "0"],
    ["-1.5", "-1"],
  ])("rounds %s up to %s", (value, expected) => {
    expect(Rational.of(value).ceiling().toFixed(0)).toBe(expected);
  });

  it("takes nothing that is no decimal number, and divides by nothing that is zero", () => {
    for (const text of ["", "1e3", "1.", ".5", "NaN", "1,5"]) {
      expect(() => Rational.of(text), text).toThrow(RangeError);
    }
    expect(() => Rational.one.dividedBy(Rational.zero)).toThrow(RangeError);
  });
});
