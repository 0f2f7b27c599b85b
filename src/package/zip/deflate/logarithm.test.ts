import fc from "fast-check";
import { expect, it } from "vitest";
import { bitParts, log2 } from "./logarithm.ts";

it("is exact for powers of two, and nearly for what is between them", () => {
  for (let power = 0; power < 31; power += 1) expect(log2(2 ** power)).toBe(power * bitParts);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 30 }), (value) => {
      const error = Math.log2(value) * bitParts - log2(value);
      expect(error).toBeGreaterThanOrEqual(-0.1);
      expect(error).toBeLessThan(1.1);
    }),
  );
});

it("never falls where its argument rises, and is 0 for 0", () => {
  expect(log2(0)).toBe(0);
  for (let value = 1; value < 5_000; value += 1) {
    expect(log2(value)).toBeGreaterThanOrEqual(log2(value - 1));
  }
});
