import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folded, listLines, tableLines } from "./columns.ts";

describe("a table", () => {
  const rows = [
    { name: "GET /items", cells: ["1.00", "12.50"] },
    { name: "Together", cells: ["1.00", "12.50"] },
  ];

  it("has its numbers below each other, to the right", () => {
    expect(tableLines(["API", "Sum"], rows, 80)).toEqual([
      "             API    Sum",
      "GET /items  1.00  12.50",
      "Together    1.00  12.50",
    ]);
  });

  it("is a block for each row where it would be wider than the terminal", () => {
    expect(tableLines(["API", "Sum"], rows, 22)).toEqual([
      "GET /items",
      "  API  1.00",
      "  Sum 12.50",
      "Together",
      "  API  1.00",
      "  Sum 12.50",
    ]);
  });
});

describe("a list", () => {
  const rows = [
    { name: "  1 dashboard", cells: ["3.00"] },
    { name: "  2 metrics of alarms", cells: ["0.20"] },
  ];

  it("has its numbers behind what they are of, and below it where there is no room", () => {
    expect(listLines(rows, 40)).toEqual([
      "  1 dashboard          3.00",
      "  2 metrics of alarms  0.20",
    ]);
    expect(listLines(rows, 20)).toEqual(["1 dashboard", "  3.00", "2 metrics of alarms", "  0.20"]);
  });
});

describe("a text that is folded", () => {
  it("is no wider than it may be, and has all of its letters", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,40}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 3, max: 100 }), (some, columns) => {
        const lines = folded(some.join(" "), columns, 2);
        expect(lines.filter(({ length }) => length > columns)).toEqual([]);
        expect(lines.join("").replaceAll(" ", "")).toBe(some.join(""));
      }),
    );
  });
});
