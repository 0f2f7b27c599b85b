import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folded, tableLines } from "./columns.ts";

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
