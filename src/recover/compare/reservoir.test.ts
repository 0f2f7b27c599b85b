import { expect, it } from "vitest";
import { Reservoir } from "./reservoir.ts";

it("a reservoir has all there is, up to its size, and then no more than that", () => {
  const reservoir = new Reservoir<number>(3, Math.random);
  for (const one of [1, 2, 3]) reservoir.offer(one);
  expect(reservoir.kept).toEqual([1, 2, 3]);
  for (let one = 4; one <= 100; one += 1) reservoir.offer(one);
  expect([reservoir.kept.length, reservoir.offered]).toEqual([3, 100]);
});

it("a reservoir gives each item the same chance, wherever in the table it is", () => {
  const [offered, size, rounds] = [50, 10, 4_000];
  const seen = new Array<number>(offered).fill(0);
  for (let round = 0; round < rounds; round += 1) {
    const reservoir = new Reservoir<number>(size, Math.random);
    for (let one = 0; one < offered; one += 1) reservoir.offer(one);
    for (const one of reservoir.kept) seen[one] = (seen[one] ?? 0) + 1;
  }
  // Chi-squared with 49 degrees of freedom: above 98 in one run of 30,000, were it fair.
  const expected = (rounds * size) / offered;
  const spread = seen.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(spread).toBeLessThan(98);
});
