import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canaryText, parseCanary } from "./canary.ts";

describe("--canary", () => {
  it.each([
    ["10%:5m", [{ percent: 10, seconds: 300 }], "10% for 5 min"],
    ["0.5%:30s", [{ percent: 0.5, seconds: 30 }], "0.5% for 30 s"],
    [
      "10%:5m, 50%:10m",
      [
        { percent: 10, seconds: 300 },
        { percent: 50, seconds: 600 },
      ],
      "10% for 5 min, 50% for 10 min",
    ],
  ])("%s is %j", (text, steps, words) => {
    expect(parseCanary(text)).toEqual(steps);
    expect(canaryText(parseCanary(text))).toBe(words);
  });

  it.each([
    ["", /"" is no step/],
    ["10", /"10" is no step: 10%:5m is ten percent for five minutes/],
    ["10%", /is no step/],
    ["10%:5", /is no step/],
    ["10%:5d", /is no step/],
    ["-10%:5m", /is no step/],
    ["10%:5m,", /"" is no step/],
    ["0%:5m", /0% is not between 0 and 100/],
    ["100%:5m", /100% is not between 0 and 100; all requests come after the last step/],
    ["50%:5m,10%:5m", /10% is not more than the step before it/],
    ["10%:5m,10%:5m", /10% is not more/],
    ["10%:1h", /it takes 60 minutes, and 45 are the most: credentials of a workflow end/],
    ["10%:40m,20%:6m", /it takes 46 minutes/],
  ])("refuses %j", (text, words) => {
    expect(() => parseCanary(text)).toThrow(words);
    expect(() => parseCanary(text)).toThrow(
      expect.objectContaining({ code: "RELEASE_CANARY_INVALID" }),
    );
  });

  it("takes what it takes whole, or says what is wrong: it never takes half of it", () => {
    const step = fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 0, max: 600 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(step, { selector: ([percent]) => percent, minLength: 1, maxLength: 4 }),
        (steps) => {
          const sorted = [...steps].sort(([one], [other]) => one - other);
          const text = sorted.map(([percent, seconds]) => `${percent}%:${seconds}s`).join(",");
          expect(parseCanary(text)).toEqual(
            sorted.map(([percent, seconds]) => ({ percent, seconds })),
          );
        },
      ),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(parseCanary(text)).toHaveLength(text.split(",").length);
        } catch (error) {
          expect(error).toMatchObject({ code: "RELEASE_CANARY_INVALID" });
        }
      }),
    );
  });
});
