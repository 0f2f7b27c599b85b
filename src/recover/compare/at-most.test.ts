import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atMost } from "./at-most.ts";

describe("the share that at most differs", () => {
  it.each([
    // Of the tables of exact one-sided 95 % bounds: 1 - 0.05^(1/n) where none differ.
    [0, 10, 0.2589],
    [0, 100, 0.0295],
    [0, 3000, 0.000998],
    [1, 20, 0.2161],
    [5, 50, 0.1988],
    [10, 10, 1],
  ])("where %i of %i do is %d", (different, sampled, bound) => {
    expect(atMost(different, sampled)).toBeCloseTo(bound, 4);
  });

  it("is close to three divided by the sample where none differ", () => {
    for (const sampled of [100, 1_000, 10_000]) {
      expect(atMost(0, sampled) / (3 / sampled)).toBeCloseTo(1, 1);
    }
  });

  it("is above what the sample shows, falls with its size, and rises with what differs", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(), (sampled, some) => {
        const different = some % sampled;
        const bound = atMost(different, sampled);
        expect(bound).toBeGreaterThan(different / sampled);
        expect(bound).toBeLessThanOrEqual(1);
        expect(atMost(different, sampled + 1)).toBeLessThan(bound);
        expect(atMost(different + 1, sampled)).toBeGreaterThan(bound);
      }),
    );
  });

  it("holds in 95 of 100 samples at least, whatever the true share", () => {
    const random = seeded(7);
    for (const share of [0.001, 0.01, 0.2]) {
      const [samples, sampled] = [1_000, 300];
      let held = 0;
      for (let one = 0; one < samples; one += 1) {
        let different = 0;
        for (let item = 0; item < sampled; item += 1) if (random() < share) different += 1;
        if (atMost(different, sampled) >= share) held += 1;
      }
      expect(held / samples).toBeGreaterThan(0.94);
    }
  });
});

/** Numbers that are the same in every run. @see https://doi.org/10.18637/jss.v008.i14 (xorshift) */
function seeded(state: number): () => number {
  let now = state;
  return () => {
    now ^= now << 13;
    now ^= now >>> 17;
    now ^= now << 5;
    return (now >>> 0) / 2 ** 32;
  };
}
