import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMoment, parseSpan } from "../index.ts";

const now = Date.parse("2026-11-27T10:00:00Z");
const moment = (written: string) => {
  const time = parseMoment(written, now);
  return time === undefined ? undefined : new Date(time).toISOString();
};

describe("a moment", () => {
  it.each([
    ["90s", "2026-11-27T09:58:30.000Z"],
    ["15m", "2026-11-27T09:45:00.000Z"],
    ["2h", "2026-11-27T08:00:00.000Z"],
    ["3d", "2026-11-24T10:00:00.000Z"],
    ["1w", "2026-11-20T10:00:00.000Z"],
    ["2026-11-26", "2026-11-26T00:00:00.000Z"],
    ["2026-11-27T09:30", "2026-11-27T09:30:00.000Z"],
    ["2026-11-27T09:30:01.5", "2026-11-27T09:30:01.500Z"],
    ["2026-11-27T09:30Z", "2026-11-27T09:30:00.000Z"],
    ["2026-11-27T11:30+02:00", "2026-11-27T09:30:00.000Z"],
  ])("%s is %s", (written, expected) => {
    expect(moment(written)).toBe(expected);
  });

  it.each([
    "tomorrow",
    "15",
    "0h",
    "1y",
    "27/11/2026",
    "m",
    "-15m",
    "1.5h",
    "15 m",
    "15M",
    "2026-02-31",
    "2026-13-01",
    "2026-11-27T25:00",
    "2026-11-27 09:30",
    "2026-11-27T09:30+2",
    "1234567h",
    "",
  ])("%j is none", (written) => {
    expect(moment(written)).toBeUndefined();
  });

  it("is so long ago as a span says", () => {
    const spans = fc.record({
      count: fc.integer({ min: 1, max: 999_999 }),
      unit: fc.constantFrom("s", "m", "h", "d", "w"),
    });
    fc.assert(
      fc.property(spans, ({ count, unit }) => {
        const seconds = parseSpan(`${count}${unit}`) ?? 0;
        expect(seconds).toBe(count * (parseSpan(`1${unit}`) ?? 0));
        expect(parseMoment(`${count}${unit}`, now)).toBe(now - seconds * 1000);
      }),
    );
    const units = ["60s", "1m", "60m", "1h", "24h", "1d", "7d", "1w"].map(parseSpan);
    expect(units).toEqual([60, 60, 3_600, 3_600, 86_400, 86_400, 604_800, 604_800]);
  });

  it("is what Date says of every time that it writes itself", () => {
    const times = fc.date({ min: new Date(0), max: new Date(now * 2), noInvalidDate: true });
    fc.assert(
      fc.property(times, (time) => {
        expect(parseMoment(time.toISOString(), now)).toBe(time.getTime());
      }),
    );
  });
});
