import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AlarmState,
  evaluationRange,
  type JudgementRule,
  judgeDatapoints,
  type MissingData,
} from "../index.ts";

/** As AWS writes them: 0 is good, X is bad, - is missing; the latest is on the right. */
function points(text: string): (boolean | undefined)[] {
  return text.split(" ").map((one) => (one === "-" ? undefined : one === "X"));
}

type Expected = AlarmState | "retain";
const none = "INSUFFICIENT_DATA";

describe("an alarm's state, by its datapoints", () => {
  const treatments: readonly MissingData[] = ["missing", "ignore", "breaching", "notBreaching"];
  const states: readonly AlarmState[] = ["OK", "ALARM", none];

  // The tables of AWS's page on missing data, row by row: 3 of 3, then 2 of 3, over a range of 5.
  const table: [number, string, number, ...Expected[]][] = [
    [3, "0 - X - X", 0, "OK", "OK", "OK", "OK"],
    [3, "0 - - - -", 2, "OK", "OK", "OK", "OK"],
    [3, "- - - - -", 3, none, "retain", "ALARM", "OK"],
    [3, "0 X X - X", 0, "ALARM", "ALARM", "ALARM", "ALARM"],
    [3, "- - X - -", 2, "ALARM", "retain", "ALARM", "OK"],
    [2, "0 - X - X", 0, "ALARM", "ALARM", "ALARM", "ALARM"],
    [2, "0 0 X 0 X", 0, "ALARM", "ALARM", "ALARM", "ALARM"],
    [2, "0 - X - -", 1, "OK", "OK", "ALARM", "OK"],
    [2, "- - - - 0", 2, "OK", "OK", "ALARM", "OK"],
    [2, "- - - X -", 2, "ALARM", "retain", "ALARM", "OK"],
    // Not of the tables, but of the text behind them: too young to be enough.
    [3, "- - - - X", 2, none, "retain", "ALARM", "OK"],
    [3, "- - - X -", 2, none, "retain", "ALARM", "OK"],
    [3, "- - - X 0", 1, "OK", "OK", "OK", "OK"],
    [3, "- - X - 0", 1, "OK", "OK", "OK", "OK"],
  ];
  it.each(table)("with %i of 3 is what AWS documents: %s", (m, text, filled, ...expected) => {
    for (const [at, missingData] of treatments.entries()) {
      for (const current of states) {
        const rule = { periods: 3, datapointsToAlarm: m, missingData };
        const judged = judgeDatapoints(points(text), rule, current);
        const state = expected[at] === "retain" ? current : expected[at];
        expect([missingData, judged.state, judged.filled]).toEqual([missingData, state, filled]);
      }
    }
    expect(evaluationRange(3)).toBe(5);
  });

  it("says which datapoints it comes from, and that one old datapoint was enough", () => {
    const rule = { periods: 3, datapointsToAlarm: 3, missingData: "missing" } as const;
    expect(judgeDatapoints(points("0 X X - X"), rule, "OK")).toEqual({
      state: "ALARM",
      judged: [1, 2, 4],
      filled: 0,
      isPremature: false,
    });
    expect(judgeDatapoints(points("- - X - -"), rule, "OK")).toMatchObject({
      judged: [2],
      filled: 2,
      isPremature: true,
    });
  });

  const rule = fc
    .record({
      periods: fc.integer({ min: 1, max: 6 }),
      missingData: fc.constantFrom(...treatments),
    })
    .chain((one) =>
      fc.record({
        periods: fc.constant(one.periods),
        missingData: fc.constant(one.missingData),
        datapointsToAlarm: fc.integer({ min: 1, max: one.periods }),
      }),
    );
  const point = fc.constantFrom(true, false, undefined);
  const series = fc.array(point, { minLength: 8, maxLength: 8 });
  const current = fc.constantFrom(...states);

  it("never gets better by a good datapoint that becomes a bad one", () => {
    const badness = { OK: 0, [none]: 1, ALARM: 2 } as const;
    fc.assert(
      fc.property(series, rule, current, fc.nat(7), (all, one: JudgementRule, now, at) => {
        fc.pre(all[at] === false);
        const worse = all.with(at, true);
        const before = judgeDatapoints(all, one, now).state;
        const after = judgeDatapoints(worse, one, now).state;
        // What is kept as it was may have been anything.
        fc.pre(one.missingData !== "ignore");
        expect(badness[after]).toBeGreaterThanOrEqual(badness[before]);
      }),
    );
  });

  it("does not depend on the order of those that are looked at, where none is missing", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), rule, (all, one) => {
        const latest = all.slice(-one.periods);
        const sorted = [...all.slice(0, -one.periods), ...latest.toSorted()];
        expect(judgeDatapoints(sorted, one, "OK").state).toBe(
          judgeDatapoints(all, one, "OK").state,
        );
      }),
    );
  });

  it("does not depend on what missing data means, where there are enough datapoints", () => {
    fc.assert(
      fc.property(series, rule, current, (all, one, now) => {
        fc.pre(all.filter((bad) => bad !== undefined).length >= one.periods);
        const of = treatments.map(
          (missingData) => judgeDatapoints(all, { ...one, missingData }, now).state,
        );
        expect(new Set(of).size).toBe(1);
      }),
    );
  });

  it("is easier to bring into ALARM the fewer datapoints that takes, where what is missing counts", () => {
    fc.assert(
      fc.property(series, rule, (all, one) => {
        fc.pre(one.datapointsToAlarm > 1);
        for (const missingData of ["breaching", "notBreaching"] as const) {
          const strict = judgeDatapoints(all, { ...one, missingData }, "OK").state;
          const less = { ...one, missingData, datapointsToAlarm: one.datapointsToAlarm - 1 };
          if (strict === "ALARM") expect(judgeDatapoints(all, less, "OK").state).toBe("ALARM");
        }
      }),
    );
  });
});
