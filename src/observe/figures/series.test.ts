import { describe, expect, it } from "vitest";
import { windowOf } from "../time/time-window.ts";
import { highest, latest, seriesOf, total } from "./series.ts";

const at = (minute: number) => Date.UTC(2026, 10, 27, 12, minute);
const window = windowOf(new Date(at(0)), new Date(at(15)), 300);

describe("a series", () => {
  it("has a place for each period, and nothing where nothing was reported", () => {
    const points = [
      { at: at(10), value: 3 },
      { at: at(0), value: 0 },
    ];
    expect(seriesOf(points, window)).toEqual([0, null, 3]);
  });

  it("leaves out what is of another time", () => {
    const points = [at(-5), at(15), at(60)].map((one) => ({ at: one, value: 1 }));
    expect(seriesOf(points, window)).toEqual([null, null, null]);
  });

  it("has no sum, no highest and no last value where it is empty: none of them is 0", () => {
    const empty = [null, null];
    expect([total(empty), highest(empty), latest(empty)]).toEqual([null, null, null]);
    expect([total([0]), highest([0]), latest([0])]).toEqual([0, 0, 0]);
  });

  it("adds up, and finds the highest and the last, over what is missing", () => {
    const series = [1, null, 7, 2, null];
    expect([total(series), highest(series), latest(series)]).toEqual([10, 7, 2]);
  });
});
