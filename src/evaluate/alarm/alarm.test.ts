import { describe, expect, it } from "vitest";
import { type AlarmDefinition, periodsWanted, prepareAlarm, stateReason } from "../index.ts";

const rate: AlarmDefinition = {
  metrics: [{ id: "errors" }, { id: "requests" }],
  expression: "IF(errors >= 5, 100 * errors / requests, 0)",
  comparison: "GreaterThanThreshold",
  threshold: 1,
  periods: 3,
  datapointsToAlarm: 2,
  missingData: "notBreaching",
};
const requests = [100, 100, 100, 100, 100];
const at = Date.UTC(2026, 10, 26, 23, 50);
const startOf = (place: number) => at + place * 60_000;

describe("a metric alarm", () => {
  it("fires by what its expression comes to, and says by which datapoints", () => {
    const evaluation = prepareAlarm(rate)({ errors: [0, 0, 5, 4, 6], requests });
    expect(evaluation).toMatchObject({
      state: "ALARM",
      figures: [0, 0, 5, 0, 6],
      judged: [2, 3, 4],
      breaching: [2, 4],
    });
    expect(stateReason(rate, evaluation, startOf)).toBe(
      "Threshold Crossed: 2 out of the last 3 datapoints [6.0 (26/11/26 23:54:00), 5.0 (26/11/26 23:52:00)] were greater than the threshold (1.0) (minimum 2 datapoints for OK -> ALARM transition).",
    );
    expect(periodsWanted(rate)).toBe(5);
  });

  it("recovers, and says by which datapoints as well", () => {
    const evaluation = prepareAlarm(rate)({ errors: [0, 5, 0, 0, 6], requests }, "ALARM");
    expect(stateReason(rate, evaluation, startOf)).toBe(
      "Threshold Crossed: 2 out of the last 3 datapoints [0.0 (26/11/26 23:53:00), 0.0 (26/11/26 23:52:00)] were not greater than the threshold (1.0) (minimum 2 datapoints for ALARM -> OK transition).",
    );
  });

  it("says what was missing", () => {
    const alarm = { ...rate, missingData: "breaching" } as const;
    const gap = undefined;
    const some = prepareAlarm(alarm)({ errors: [gap, gap, gap, gap, 6], requests: [] });
    expect(some.state).toBe("ALARM");
    const all = { errors: [gap, gap, gap, gap, gap], requests: [gap, gap, gap, gap, gap] };
    expect(stateReason(alarm, prepareAlarm(alarm)(all), startOf)).toBe(
      "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].",
    );
    const one = { ...alarm, expression: "errors", threshold: 5 };
    const evaluation = prepareAlarm(one)({ errors: [gap, gap, gap, gap, 6], requests });
    expect(stateReason(one, evaluation, startOf)).toBe(
      "Threshold Crossed: 1 out of the last 3 datapoints [6.0 (26/11/26 23:54:00)] was greater than the threshold (5.0) and 2 missing datapoints were treated as [Breaching] (minimum 2 datapoints for OK -> ALARM transition).",
    );
  });

  it.each([
    ["GreaterThanThreshold", [false, false, true], "greater than"],
    ["GreaterThanOrEqualToThreshold", [false, true, true], "greater than or equal to"],
    ["LessThanThreshold", [true, false, false], "less than"],
    ["LessThanOrEqualToThreshold", [true, true, false], "less than or equal to"],
  ] as const)("compares with %s", (comparison, expected, words) => {
    const alarm = {
      ...rate,
      metrics: [{ id: "figure" }],
      expression: null,
      periods: 1,
      datapointsToAlarm: 1,
      comparison,
    };
    const fires = prepareAlarm(alarm);
    expect([0, 1, 2].map((figure) => fires({ figure: [figure] }).state === "ALARM")).toEqual(
      expected,
    );
    expect(stateReason(alarm, fires({ figure: [1] }), startOf)).toContain(`${words} the threshold`);
  });

  it.each([
    [{ datapointsToAlarm: 4 }, "No more of them can be bad than there are."],
    [{ datapointsToAlarm: 0 }, "whole numbers"],
    [{ periods: 1.5 }, "whole numbers"],
    [{ expression: null }, "Without an expression an alarm has one."],
    [{ expression: "RATE(errors)" }, "not evaluated here"],
    [{ expression: "errors / others" }, "There is no metric others."],
  ])("is refused before it is needed: %j", (changes, message) => {
    expect(() => prepareAlarm({ ...rate, ...changes })).toThrow(message);
  });
});
