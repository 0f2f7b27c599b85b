import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFilter, parseLine } from "../index.ts";

const id = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef";
const column = (level: string, text: string) =>
  `2026-11-27T10:00:00.000Z\t${id}\t${level}\t${text}`;

describe("a line of a log", () => {
  it.each([
    ["hello\n", "INFO"],
    ['{"level":"warn","message":"x"}', "WARN"],
    ['{"level":"warning","message":"x"}', "WARN"],
    ['{"level":30,"message":"x"}', "INFO"],
    ['{"level":"loud","message":"x"}', "INFO"],
    [column("ERROR", "x"), "ERROR"],
    [column("INFO", '{"level":"FATAL","message":"x"}'), "FATAL"],
    [`2026-11-27T10:00:00.000Z ${id} Task timed out after 3.00 seconds\n`, "ERROR"],
    [`REPORT RequestId: ${id}\tDuration: 1.00 ms\tStatus: timeout`, "ERROR"],
    [`REPORT RequestId: ${id}\tDuration: 1.00 ms`, "INFO"],
    ['{"type":"platform.report","record":{"status":"error"}}', "ERROR"],
    ['{"type":"platform.report","record":{"status":"success"}}', "INFO"],
    ['{"requestTime":"27/Nov/2026","status":"504"}', "ERROR"],
    ['{"requestTime":"27/Nov/2026","status":"404"}', "WARN"],
    ['{"requestTime":"27/Nov/2026","status":"200"}', "INFO"],
    ["{ not JSON", "INFO"],
  ])("%j is of the level %s", (line, level) => {
    expect(parseLine(line).level).toBe(level);
  });

  it("is read whatever it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => column("X", json)),
        ),
        (line) => {
          expect(typeof parseLine(line).text).toBe("string");
        },
      ),
    );
  });
});

describe("what is looked for in lines", () => {
  const line = JSON.stringify({
    level: "WARN",
    message: "not found",
    http_status: 404,
    duration_ms: 12.5,
    error: { name: "TypeError" },
    flag: true,
    empty: "",
  });

  it.each([
    ["not found", true],
    ["Not found", false],
    ['"http_status"', true],
    ["http_status=404", true],
    ["http_status=40", false],
    ["http_status!=404", false],
    ["http_status!=200", true],
    ["http_status>=404 duration_ms>12", true],
    ["http_status>=404 duration_ms>13", false],
    ["http_status<500", true],
    ["http_status<=403", false],
    ["error.name=TypeError", true],
    ["error.cause.name=TypeError", false],
    ["nothing!=1", false],
    ['message="not found"', true],
    ["flag=true", true],
    ["level>=warn", true],
    ["level>=error", false],
    ["level<error", true],
    ["level=warning", true],
    ["level!=info", true],
    ["level>warn", false],
    ["level=loud", false],
    ['error={"name":"TypeError"}', false],
    ["http_status=404 and more", false],
    ["__proto__=x", false],
  ])("%s: %s", (filter, isFound) => {
    expect(parseFilter(filter)(parseLine(line))).toBe(isFound);
  });

  it("is a text where it is in quotation marks, or not all of it is conditions", () => {
    expect(parseFilter('"a=b"')(parseLine("and a=b too"))).toBe(true);
    expect(parseFilter("a=b too")(parseLine("and a=b too"))).toBe(true);
    expect(parseFilter("a=b")(parseLine("and a=b too"))).toBe(false);
  });

  it("is any text, which is found in itself", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        fc.pre(!/^".*"$/s.test(text) && !/^\s*[A-Za-z_][\w.-]*\s*[!<>=]/.test(text));
        fc.pre(!/[\r\n]$/.test(text));
        expect(parseFilter(text)(parseLine(`before ${text}`))).toBe(true);
      }),
    );
  });
});
