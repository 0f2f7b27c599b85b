import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStyle } from "../style.ts";
import { type Column, tableLines, tableWidth } from "./table.ts";

const plain = createStyle(false);
type Row = readonly string[];

const columns: readonly Column<Row>[] = [
  { title: "name", text: ([name = ""]) => name, isName: true },
  { title: "calls", text: ([, calls = ""]) => calls, align: "right" },
  { title: "more", text: ([, , more = ""]) => more, spare: 1 },
];
const rows: readonly Row[] = [
  ["list", "7", "so and so"],
  ["get", "1,204", ""],
];
const cuttable: readonly Column<Row>[] = [
  { title: "time", text: ([time = ""]) => time, canBeCut: true },
  { title: "message", text: ([, message = ""]) => message, canBeCut: true },
];

describe("a table", () => {
  it("has numbers below each other, and no spaces at the end", () => {
    expect(tableLines(rows, columns, 80, plain)).toEqual([
      "name  calls  more",
      "list      7  so and so",
      "get   1,204",
    ]);
  });

  it("has no heads where its columns have no titles", () => {
    const untitled = columns.map((one) => ({ ...one, title: "" }));
    expect(tableLines(rows, untitled, 80, plain)).toEqual([
      "list      7  so and so",
      "get   1,204",
    ]);
  });

  it("makes its heads stand out, and the cells that ask for it", () => {
    const style = createStyle(true);
    const painted = [{ ...columns[0], paint: style.red } as Column<Row>];
    expect(tableLines(rows.slice(0, 1), painted, 80, style)).toEqual([
      style.bold("name"),
      style.red("list"),
    ]);
  });

  it("leaves out what can be spared", () => {
    expect(tableLines(rows, columns, 15, plain)).toEqual([
      "name  calls",
      "list      7",
      "get   1,204",
    ]);
  });

  it("cuts the widest of the columns that can be cut, and says so", () => {
    const row = ["10:00", "a message that is far too long"];
    expect(tableLines([row], cuttable, 30, plain)).toEqual([
      "time   message",
      "10:00  a message that is far…",
    ]);
  });

  it("is a block for each row where all that is not enough", () => {
    expect(tableLines(rows, columns, 10, plain)).toEqual([
      "list",
      "  calls  7",
      "  more",
      "   so and",
      "   so",
      "get",
      "  calls",
      "   1,204",
      "  more",
    ]);
  });

  it("has all that a row is called in one line above its block", () => {
    const two = columns.map((one, index) => ({ ...one, isName: index !== 1, spare: 0 }));
    expect(tableLines(rows.slice(0, 1), two, 16, plain)).toEqual(["list so and so", "  calls 7"]);
  });

  it("has empty lines between blocks that have no names", () => {
    const row = ["a value of some length", "another value of some length"];
    expect(tableLines([row, row], cuttable, 30, plain)).toEqual([
      "time    a value of some length",
      "message another value of some",
      "        length",
      "",
      "time    a value of some length",
      "message another value of some",
      "        length",
    ]);
  });

  it("is cut nowhere in a pipe", () => {
    const long = "x".repeat(300);
    const lines = tableLines([["now", long]], cuttable, Number.POSITIVE_INFINITY, plain);
    expect(lines).toEqual(["time  message", `now   ${long}`]);
  });

  it("is never wider than the terminal, whatever its columns are, and has all of its rows", () => {
    const column = fc.record({
      title: fc.stringMatching(/^[a-z]{0,9}$/),
      align: fc.constantFrom("left", "right"),
      spare: fc.integer({ min: 0, max: 2 }),
      canBeCut: fc.boolean(),
    });
    const cell = fc.stringMatching(/^[a-z ]{0,40}$/);
    const cases = fc.record({
      all: fc.array(column, { minLength: 2, maxLength: 4 }),
      items: fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 4 }),
      width: fc.integer({ min: 12, max: 120 }),
    });
    fc.assert(
      fc.property(cases, ({ all, items, width }) => {
        const some = all.map(
          (one, index): Column<Row> => ({
            ...one,
            align: one.align as "left" | "right",
            text: (item) => item[index] ?? "",
            ...(index === 0 ? { isName: true, spare: 0 } : {}),
          }),
        );
        const lines = tableLines(items, some, width, plain);
        expect(lines.filter(({ length }) => length > width)).toEqual([]);
        expect(lines.length).toBeGreaterThanOrEqual(items.length);
        if (tableWidth(items, some) <= width) {
          const heads = all.some(({ title }) => title !== "") ? 1 : 0;
          expect(lines).toHaveLength(items.length + heads);
        }
      }),
    );
  });
});
