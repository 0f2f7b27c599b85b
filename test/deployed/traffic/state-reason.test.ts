import { describe, expect, it } from "vitest";
import { stateReason } from "./state-reason.ts";

const at = Date.UTC(2026, 10, 26, 23, 50);

describe("the reason of an alarm's state", () => {
  it.each([
    [
      1,
      [2.5],
      true,
      "Threshold Crossed: 1 out of the last 1 datapoints [2.5 (26/11/26 23:50:00)] was greater than the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).",
    ],
    [
      2,
      [3, 2],
      true,
      "Threshold Crossed: 2 out of the last 2 datapoints [3.0 (26/11/26 23:50:00), 2.0 (26/11/26 23:49:00)] were greater than the threshold (1.0) (minimum 2 datapoints for OK -> ALARM transition).",
    ],
    [
      1,
      [0],
      false,
      "Threshold Crossed: 1 out of the last 1 datapoints [0.0 (26/11/26 23:50:00)] was not greater than the threshold (1.0) (minimum 1 datapoint for ALARM -> OK transition).",
    ],
    [
      1,
      [undefined],
      false,
      "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].",
    ],
    [
      2,
      [undefined, undefined],
      false,
      "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [NonBreaching].",
    ],
  ])("over %i periods with %j", (periods, figures, isBad, expected) => {
    const datapoints = figures.map((figure, number) => ({ at: at - number * 60_000, figure }));
    expect(stateReason({ threshold: 1, periods }, datapoints, isBad)).toBe(expected);
  });
});
