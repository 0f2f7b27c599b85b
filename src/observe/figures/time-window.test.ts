import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  choosePeriod,
  parseDuration,
  parseInstant,
  periodsIn,
  smallestPeriod,
  windowOf,
} from "./time-window.ts";

const now = new Date("2026-11-27T12:00:00Z");
const day = 86_400;

describe("a time that somebody writes", () => {
  it.each([
    ["90s", 90],
    ["15m", 900],
    ["24h", day],
    ["7d", 7 * day],
    ["2w", 14 * day],
  ])("is %s as %i seconds", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
    expect(parseInstant(text, now)?.getTime()).toBe(now.getTime() - seconds * 1000);
  });

  it.each([
    ["2026-11-27", "2026-11-27T00:00:00.000Z"],
    ["2026-11-27T10:30", "2026-11-27T10:30:00.000Z"],
    ["2026-11-27T10:30:15Z", "2026-11-27T10:30:15.000Z"],
    ["2026-11-27T10:30+02:00", "2026-11-27T08:30:00.000Z"],
  ])("is %s in UTC where no zone is said", (text, at) => {
    expect(parseInstant(text, now)?.toISOString()).toBe(at);
  });

  it.each([
    "",
    "0h",
    "1y",
    "h",
    "-1h",
    "1.5h",
    "yesterday",
    "2026-13-01",
    "2026-11-27T25:00",
    "27/11/2026",
  ])("is not %j", (text) => {
    expect(parseInstant(text, now)).toBeUndefined();
  });
});

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
