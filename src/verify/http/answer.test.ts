import { describe, expect, it } from "vitest";
import { type Answer, answerText, excerpt, jsonOf } from "./answer.ts";

const answer = (status: number, text: string, headers: Record<string, string> = {}): Answer => ({
  status,
  text,
  headers: new Headers(headers),
  correlationId: "verify-1",
  milliseconds: 1,
});

describe("an answer that nobody wanted", () => {
  it("is shown by its status and body, and by its type where that is not JSON", () => {
    const json = { "Content-Type": "application/problem+json" };
    expect(answerText(answer(500, '{"a":1}', json))).toBe('500 {"a":1}');
    expect(answerText(answer(200, "<p>", { "Content-Type": "text/html" }))).toBe(
      "200 (text/html) <p>",
    );
    expect(answerText(answer(204, ""))).toBe("204 (no content type)");
  });

  it("is one line of a hundred characters, and moves no cursor", () => {
    expect(excerpt("a\n\n  b\u001b[2Jc ")).toBe("a b [2Jc");
    expect(excerpt("x".repeat(200))).toBe(`${"x".repeat(99)}…`);
  });

  it("is no JSON where it cannot be read as such", () => {
    expect(jsonOf(answer(200, "[1]"))).toEqual([1]);
    expect(jsonOf(answer(200, "<p>"))).toBeUndefined();
  });
});
