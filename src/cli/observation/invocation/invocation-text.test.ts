import { describe, expect, it } from "vitest";
import { createStyle } from "../../style.ts";
import { reportText, resultText } from "./invocation-text.ts";

const plain = createStyle(false);

describe("what a function answered", () => {
  it("is shown as an answer of HTTP where it is one", () => {
    const answer = {
      statusCode: 404,
      headers: { "Content-Type": "application/json" },
      body: '{"a":1}',
    };
    expect(resultText(JSON.stringify(answer), false, plain)).toBe(
      'HTTP 404\nContent-Type: application/json\n\n{\n  "a": 1\n}',
    );
    const bare = { statusCode: 204, multiValueHeaders: { Vary: ["a", "b"] }, body: "" };
    expect(resultText(JSON.stringify(bare), false, plain)).toBe("HTTP 204\nVary: a, b");
    expect(resultText('{"statusCode":200,"body":"hi"}', false, plain)).toBe("HTTP 200\n\nhi");
  });

  it("is JSON where it is something else, and as it is where it is not even that", () => {
    expect(resultText('{"a":[]}', false, plain)).toBe('{\n  "a": []\n}');
    expect(resultText("null", false, plain)).toBe("null");
    expect(resultText("<html>", false, plain)).toBe("<html>");
  });

  it("is an error with its places where it failed", () => {
    const trace = ["TypeError: no", "    at one (/var/task/index.mjs:1:2)", "    at two"];
    const failure = { errorType: "TypeError", errorMessage: "no", trace };
    expect(resultText(JSON.stringify(failure), true, plain)).toBe(
      "TypeError: no\n    at one (/var/task/index.mjs:1:2)\n    at two",
    );
    expect(resultText('{"errorMessage":"timed out"}', true, plain)).toBe("Error: timed out");
    expect(resultText('{"other":1}', true, plain)).toBe('{\n  "other": 1\n}');
  });

  it("comes with what Lambda reports, where it does", () => {
    const report = {
      durationMilliseconds: 10.25,
      billedMilliseconds: 212,
      initMilliseconds: 201.4,
      memoryMb: 256,
      maxMemoryUsedMb: 83,
    };
    expect(reportText("3", report)).toBe(
      "version 3, 10.3 ms (billed 212 ms), init 201 ms, 83 of 256 MB",
    );
    expect(reportText(null, { ...report, initMilliseconds: null, maxMemoryUsedMb: null })).toBe(
      "10.3 ms (billed 212 ms), warm, - of 256 MB",
    );
    expect(reportText("3", undefined)).toBe("version 3, Lambda's report is not in the log");
  });
});
