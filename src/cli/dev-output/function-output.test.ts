import { describe, expect, it } from "vitest";
import { requestLogMessage } from "../../names.ts";
import { createStyle } from "../style.ts";
import { outputText } from "./function-output.ts";

const shown = (line: string | object) =>
  outputText("list", typeof line === "string" ? line : JSON.stringify(line), createStyle(false));

/** What becomes of `console` in Lambda. */
const consoleLine = (level: string, text: string, requestId = everyLine.function_request_id) =>
  [everyLine.timestamp, requestId, level, text].join("\t");

/** What the runtime puts on every line. */
const everyLine = {
  timestamp: "2026-11-22T10:00:00.000Z",
  service: "product",
  environment: "dev",
  cold_start: true,
  function_name: "bbws-product-list-dev",
  function_memory_size: 256,
  function_arn: "arn:aws:lambda:eu-west-1:536580886816:function:bbws-product-list-dev",
  function_request_id: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
  xray_trace_id: "1-5759e988-bd862e3fe1be46a994272793",
  correlation_id: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
};

describe("a line that a function wrote", () => {
  it("is shown as it is, where it is no log line", () => {
    expect(shown("hello")).toBe("  list hello");
    expect(shown("{ not JSON")).toBe("  list { not JSON");
    expect(shown('{"level":"INFO"}')).toBe('  list {"level":"INFO"}');
    expect(shown('{"level":30,"message":"x"}')).toBe('  list {"level":30,"message":"x"}');
  });

  it("is shown as level, message and its own fields, without what every line has", () => {
    expect(
      shown({ level: "INFO", message: "page read", ...everyLine, count: 3, token: "a b" }),
    ).toBe('  list INFO page read count=3 token="a b"');
  });

  it("is shown without the member that only CloudWatch reads", () => {
    const metrics = { _aws: { Timestamp: 1, CloudWatchMetrics: [] }, Conflicts: 1 };
    expect(shown({ level: "WARN", message: "conflict", ...everyLine, ...metrics })).toBe(
      "  list WARN conflict Conflicts=1",
    );
  });

  it("is left out where it only ends a request that the access line tells of", () => {
    const end = {
      level: "INFO",
      message: requestLogMessage,
      ...everyLine,
      http_method: "GET",
      http_route: "/v1.0/products",
      http_status: 200,
      duration_ms: 3,
      errors: [],
    };
    expect(shown(end)).toBeUndefined();
    expect(shown({ ...end, count: 3 })).toBe(`  list INFO ${requestLogMessage} count=3`);
  });

  it("says what was wrong with a request as a sentence", () => {
    const errors = [
      { field: "price", message: "is required" },
      { field: "currency", message: "has to be three letters" },
    ];
    expect(shown({ level: "INFO", message: requestLogMessage, errors })).toBe(
      `  list INFO ${requestLogMessage} price is required; currency has to be three letters`,
    );
    expect(shown({ level: "INFO", message: "counted", errors: 2 })).toBe(
      "  list INFO counted errors=2",
    );
  });

  it("shows the stack of an error, indented below the message", () => {
    const error = { name: "TypeError", stack: "TypeError: x\n    at src/list.ts:5:3" };
    expect(shown({ level: "ERROR", message: "request failed", error })).toBe(
      "  list ERROR request failed\n    TypeError: x\n        at src/list.ts:5:3",
    );
    expect(shown({ level: "ERROR", message: requestLogMessage, error: { name: "x" } })).toBe(
      `  list ERROR ${requestLogMessage}\n    {"name":"x"}`,
    );
  });

  it.each([
    { level: "ERROR", message: "x", error: { stack: ["at src/list.ts:5:3"] } },
    { level: "INFO", message: "x", errors: [null] },
  ])("is shown whatever a logger puts where the runtime puts something else: %j", (log) => {
    expect(shown(log)).toContain(" x");
  });

  it("of console is shown as level and text, without the time and the request's id", () => {
    expect(shown(consoleLine("INFO", "page read { count: 3 }"))).toBe(
      "  list INFO page read { count: 3 }",
    );
    expect(shown(consoleLine("WARN", "a\ttab", "-"))).toBe("  list WARN a\ttab");
    expect(shown(consoleLine("INFO", "", "undefined"))).toBe("  list INFO ");
  });

  it("of console gets its line breaks back, indented", () => {
    expect(shown(consoleLine("ERROR", "TypeError: x\r    at src/list.ts:5:3\r    at main"))).toBe(
      "  list ERROR TypeError: x\n        at src/list.ts:5:3\n        at main",
    );
    expect(shown("one\r\ntwo\rthree")).toBe("  list one\n    two\n    three");
  });

  it("of console that is a JSON log line is shown as that", () => {
    const log = { level: "WARN", message: "slow", ...everyLine, milliseconds: 900 };
    expect(shown(consoleLine("INFO", JSON.stringify(log)))).toBe(
      "  list WARN slow milliseconds=900",
    );
    const end = { level: "INFO", message: requestLogMessage, ...everyLine };
    expect(shown(consoleLine("INFO", JSON.stringify(end)))).toBeUndefined();
  });

  it("only looks like one of console's, and is shown as it is", () => {
    for (const line of ["2026-11-22T10:00:00.000Z\thello", "10:00\tid\tINFO\thello"]) {
      expect(shown(line)).toBe(`  list ${line}`);
    }
  });

  it("is painted by its level, where it is one of console's too", () => {
    const painted = (level: string) =>
      outputText("list", consoleLine(level, "x"), createStyle(true));
    expect(painted("FATAL")).toBe("  \u001b[2mlist\u001b[22m \u001b[31mFATAL\u001b[39m x");
    expect(painted("ERROR")).toContain("\u001b[31mERROR\u001b[39m x");
    expect(painted("WARN")).toContain("\u001b[33mWARN\u001b[39m x");
    expect(painted("DEBUG")).toContain("\u001b[2mDEBUG\u001b[22m x");
  });

  it("is painted by its level", () => {
    const levelOf = (level: string) =>
      outputText("list", JSON.stringify({ level, message: "x" }), createStyle(true));
    expect(levelOf("ERROR")).toContain("\u001b[31mERROR\u001b[39m");
    expect(levelOf("WARN")).toContain("\u001b[33mWARN\u001b[39m");
    expect(levelOf("INFO")).toContain("\u001b[2mINFO\u001b[22m");
  });
});
