import { describe, expect, it } from "vitest";
import { bytesText } from "../../layout/amount-text.ts";
import { createStyle } from "../../style.ts";
import { queryText } from "./query-text.ts";

const plain = createStyle(false);
const stateOf = (...found: (readonly (readonly [string, string])[])[]) => ({
  status: "Complete",
  found,
  statistics: null,
});

describe("the rows of a query", () => {
  it("have a column for each field that one of them has", () => {
    const state = stateOf([["route", "GET /a"]], [["count", "7"]]);
    expect(queryText(state, 80, plain)).toBe("route   count\nGET /a\n        7");
  });

  it("send a terminal nothing that it would obey, and no line break of a value's", () => {
    expect(queryText(stateOf([["a", "\u001b[2J\nx"]]), 80, plain)).toBe("a\n\\x1b[2J x");
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
