import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReport } from "./report.ts";

const id = "8f5d0c1e-0000-4000-8000-000000000000";

describe("the end of a log", () => {
  it("is parted into Lambda's report and the function's lines", () => {
    const log = [
      `START RequestId: ${id} Version: 3`,
      "hello",
      `END RequestId: ${id}`,
      `REPORT RequestId: ${id}\tDuration: 10.25 ms\tBilled Duration: 212 ms\tMemory Size: 256 MB\tMax Memory Used: 83 MB\tInit Duration: 201.40 ms\t`,
      "",
    ].join("\n");
    expect(parseReport(log)).toEqual({
      lines: ["hello"],
      report: {
        durationMilliseconds: 10.25,
        billedMilliseconds: 212,
        initMilliseconds: 201.4,
        memoryMb: 256,
        maxMemoryUsedMb: 83,
      },
    });
  });

  it("says of a warm execution environment that none was started", () => {
    const log = `REPORT RequestId: ${id}\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 256 MB\tMax Memory Used: 83 MB\t`;
    expect(parseReport(log).report?.initMilliseconds).toBeNull();
  });

  it("may be JSON, as functions have it whose log format that is", () => {
    const line = (type: string, record: object) =>
      JSON.stringify({ time: "2026-11-27", type, record });
    const own = JSON.stringify({ level: "INFO", message: "hello" });
    const metrics = {
      durationMs: 10.2,
      billedDurationMs: 11,
      memorySizeMB: 256,
      maxMemoryUsedMB: 83,
    };
    const log = [
      line("platform.start", { requestId: id }),
      own,
      line("platform.report", { requestId: id, metrics, status: "success" }),
    ].join("\n");
    expect(parseReport(log)).toEqual({
      lines: [own],
      report: {
        durationMilliseconds: 10.2,
        billedMilliseconds: 11,
        initMilliseconds: null,
        memoryMb: 256,
        maxMemoryUsedMb: 83,
      },
    });
  });

  it("has no report where the log level keeps it out, and half a line where it was cut", () => {
    expect(parseReport('ssage":"cut"}\nhello\n')).toEqual({
      lines: ['ssage":"cut"}', "hello"],
      report: undefined,
    });
  });

  it("loses no line of a function, whatever it writes", () => {
    const lines = fc.array(fc.string().map((text) => `> ${text.replace(/[\r\n]/g, "")}`));
    fc.assert(
      fc.property(lines, (written) => {
        expect(parseReport(written.join("\n")).lines).toEqual(written);
      }),
    );
  });
});
