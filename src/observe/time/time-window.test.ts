import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choosePeriod, periodsIn, smallestPeriod, windowOf } from "./time-window.ts";

const now = new Date("2026-11-27T12:00:00Z");
const day = 86_400;

describe("a period", () => {
  it.each([
    [15 * day, 60],
    [15 * day + 60, 300],
    [63 * day, 300],
    [63 * day + 60, 3_600],
    [455 * day, 3_600],
    [455 * day + 60, undefined],
  ])("is, %i seconds back, one that CloudWatch still has: %s", (seconds, period) => {
    expect(smallestPeriod(new Date(now.getTime() - seconds * 1000), now)).toBe(period);
  });

  it("cuts any time into no more pieces than wanted, of which CloudWatch has figures", () => {
    const cases = fc.record({
      seconds: fc.integer({ min: 60, max: 455 * day }),
      most: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(cases, ({ seconds, most }) => {
        const from = new Date(now.getTime() - seconds * 1000);
        const smallest = smallestPeriod(from, now) ?? 3_600;
        const period = choosePeriod(seconds, most, smallest);
        expect(period % smallest).toBe(0);
        expect(Math.ceil(seconds / period)).toBeLessThanOrEqual(most);
        const window = windowOf(from, now, period);
        expect(window.from.getTime() % (period * 1000)).toBe(0);
        expect(window.from.getTime()).toBeLessThanOrEqual(from.getTime());
        expect(periodsIn(window)).toBeLessThanOrEqual(most + 1);
      }),
    );
  });

  it("is as short as it can be", () => {
    expect(choosePeriod(3_600, 24, 60)).toBe(300);
    expect(choosePeriod(3_600, 60, 60)).toBe(60);
    expect(choosePeriod(day, 24, 60)).toBe(3_600);
    expect(choosePeriod(400 * day, 24, 3_600)).toBe(17 * day);
  });
});
