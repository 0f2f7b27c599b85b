import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, foldBehind, foldFacts } from "./fold.ts";

const letters = (text: string) => text.replace(/\s/g, "");
const widest = (lines: readonly string[]) => Math.max(...lines.map(({ length }) => length));

describe("a text that is folded", () => {
  it("fits, and loses no letter", () => {
    const cases = fc.record({
      text: fc.string(),
      columns: fc.integer({ min: 1, max: 80 }),
      indent: fc.integer({ min: 0, max: 8 }),
    });
    fc.assert(
      fc.property(cases, ({ text, columns, indent }) => {
        const lines = fold(text, columns, indent);
        expect(widest(lines)).toBeLessThanOrEqual(columns);
        expect(letters(lines.join(""))).toBe(letters(text));
      }),
    );
  });

  it("has its URLs whole", () => {
    const url = `https://example.com/${"long/".repeat(9)}`;
    expect(fold(`see ${url} there`, 20)).toEqual(["see", url, "there"]);
  });

  it("breaks what is too long for a line where most of one is free", () => {
    expect(fold(`is ${"x".repeat(12)}`, 10)).toEqual(["is xxxxxxx", "xxxxx"]);
    expect(fold(`it was ${"x".repeat(12)}`, 10)).toEqual(["it was", "xxxxxxxxxx", "xx"]);
  });

  it("has its further lines further in", () => {
    expect(fold("one two three", 8, 2)).toEqual(["one two", "  three"]);
  });

  it("fits behind any mark, too", () => {
    const cases = fc.record({
      mark: fc.stringMatching(/^ {0,4}[a-z]{0,24} {0,2}$/),
      text: fc.string(),
      columns: fc.integer({ min: 3, max: 80 }),
    });
    fc.assert(
      fc.property(cases, ({ mark, text, columns }) => {
        const lines = foldBehind(mark, text, columns);
        expect(letters(lines.join(""))).toBe(letters(mark + text));
        expect(widest(lines)).toBeLessThanOrEqual(Math.max(columns, mark.length));
      }),
    );
  });

  it("stands behind its mark, or below it where that leaves no room", () => {
    expect(foldBehind("last  ", "deploy by alice on laptop-7", 24)).toEqual([
      "last  deploy by alice on",
      "      laptop-7",
    ]);
    expect(foldBehind("  - ", "deploy by alice", 16, 2)).toEqual(["  - deploy by", "      alice"]);
    expect(foldBehind("backup  ", "5 min ago", 16)).toEqual(["backup", " 5 min ago"]);
    expect(foldBehind("  backup  ", "now", 16)).toEqual(["  backup  now"]);
  });

  it("is a line for each of several facts, the facts below each other", () => {
    const facts = [
      ["by", "alice"],
      ["from", "laptop-7"],
    ] as const;
    expect(foldFacts(facts, 80)).toEqual(["by    alice", "from  laptop-7"]);
  });
});
