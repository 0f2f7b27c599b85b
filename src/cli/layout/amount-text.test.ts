import { describe, expect, it } from "vitest";
import {
  ageText,
  agoText,
  countText,
  lengthText,
  millisecondsText,
  percentText,
} from "./amount-text.ts";

describe("amounts", () => {
  it("have a dash where they are not known, which is not 0", () => {
    expect([countText(null), millisecondsText(null), percentText(null)]).toEqual(["-", "-", "-"]);
    expect([countText(0), millisecondsText(0), percentText(0)]).toEqual(["0", "0 ms", "0 %"]);
  });

  it("have as many digits as anybody compares", () => {
    expect([1_204, 12_345, 4_560_000, 0.5].map(countText)).toEqual([
      "1,204",
      "12.3k",
      "4.56M",
      "0.5",
    ]);
    expect([12.345, 1_234].map(millisecondsText)).toEqual(["12.3 ms", "1.23 s"]);
    expect([0.123, 59, 90, 3_000].map(ageText)).toEqual(["now", "59 min", "1 h", "2 d"]);
    expect([0, 90].map(agoText)).toEqual(["just now", "1 h ago"]);
    expect([30, 300, 7_200, 18_900, 86_400].map(lengthText)).toEqual([
      "30 s",
      "5 min",
      "2 h",
      "5 h 15 min",
      "1 d",
    ]);
  });
});
