import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStyle } from "../../style.ts";
import { bytesText } from "../logs/query-text.ts";
import { tableText } from "./table.ts";

const plain = createStyle(false);

describe("a table", () => {
  it("is as wide as what is in it, where there is room", () => {
    expect(
      tableText(
        ["a", "long name"],
        [
          ["1", "2"],
          ["333", "4"],
        ],
        80,
        plain,
      ),
    ).toBe("a    long name\n1    2\n333  4");
  });

  it("cuts the widest columns where there is none, and says so", () => {
    const text = tableText(
      ["time", "message"],
      [["10:00", "a message that is far too long"]],
      30,
      plain,
    );
    expect(text).toBe("time   message\n10:00  a message that is far…");
  });

  it("is a list where columns would be too narrow to read", () => {
    const row = ["a value of some length", "another value of some length"];
    expect(tableText(["one", "two"], [row, row], 30, plain)).toBe(
      `one: ${row[0]}\ntwo: ${row[1]}\n\none: ${row[0]}\ntwo: ${row[1]}`,
    );
  });

  it("is cut nowhere in a pipe", () => {
    const long = "x".repeat(300);
    expect(tableText(["a"], [[long]], undefined, plain)).toBe(`a\n${long}`);
  });

  it("is never wider than the terminal, and has no line break of a value's", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ maxLength: 60 }), { minLength: 3, maxLength: 3 }), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.integer({ min: 52, max: 120 }),
        (rows, columns) => {
          const lines = tableText(["a", "b", "c"], rows, columns, plain).split("\n");
          expect(lines).toHaveLength(rows.length + 1);
          expect(lines.filter((line) => line.length > columns)).toEqual([]);
        },
      ),
    );
  });

  it("sends a terminal nothing that it would obey", () => {
    expect(tableText(["a"], [["\u001b[2J\nx"]], 80, plain)).toBe("a\n\\x1b[2J x");
  });
});

describe("an amount of bytes", () => {
  it.each([
    [0, "0 bytes"],
    [1023, "1023 bytes"],
    [1536, "1.5 KB"],
    [5 * 1024 ** 3, "5.0 GB"],
    [5000 * 1024 ** 4, "5000.0 TB"],
  ])("%d is %s", (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });
});
