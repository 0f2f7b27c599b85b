import path from "node:path";
import { describe, expect, it } from "vitest";
import { faultsIn } from "../../../test/held-answers.ts";
import type { DevEvent } from "../../dev/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import { createStyle } from "../style.ts";
import { eventJson, eventText } from "./events.ts";

const plain = createStyle(false);
const painted = createStyle(true);

const request = (status: number, functionKey?: string): DevEvent => ({
  type: "request",
  access: {
    method: "GET",
    path: "/v1.0/products",
    status,
    milliseconds: 12.6,
    ...(functionKey === undefined ? {} : { function: functionKey }),
  },
});

const broken = new LambdakitError("BUNDLE_FAILED", {
  message: "The functions could not be bundled.\nsrc/list.ts:3:1: Unexpected end",
  fix: "correct the file and save it",
});

const report = {
  requestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
  environment: "2026/11/22/[$LATEST]5e0f",
  durationMilliseconds: 1.5,
  billedMilliseconds: 2,
  memoryMb: 256,
  maxMemoryUsedMb: 81,
  log: { lines: ["START", "END"], characters: 0 },
};

const tableCall = {
  type: "table-call",
  function: "list",
  operation: "Query",
  tables: ["products-dev"],
  status: 200,
  milliseconds: 1.5,
} as const;

describe("an event of dev, for a person", () => {
  it("is one line for a request, with who answered and how long it took", () => {
    expect(eventText(request(200, "list"), plain)).toBe("GET     200 /v1.0/products  list 13 ms");
    expect(eventText(request(403), plain)).toBe("GET     403 /v1.0/products  - 13 ms");
  });

  it("shows at a glance how a request ended", () => {
    expect(eventText(request(204, "delete"), painted)).toContain("\u001b[32m204\u001b[39m");
    expect(eventText(request(302, "list"), painted)).toContain("\u001b[32m302\u001b[39m");
    expect(eventText(request(400, "list"), painted)).toContain("\u001b[33m400\u001b[39m");
    expect(eventText(request(499, "list"), painted)).toContain("\u001b[33m499\u001b[39m");
    expect(eventText(request(500, "list"), painted)).toContain("\u001b[31m500\u001b[39m");
  });

  it("shows what a function wrote", () => {
    expect(
      eventText({ type: "output", function: "list", line: "hello", platform: false }, plain),
    ).toBe("  list hello");
  });

  it("shows a line without the figures that it carries, and none that has nothing else", () => {
    const line = (message: string) =>
      JSON.stringify({
        level: "INFO",
        message,
        size: 7,
        _aws: {
          Timestamp: 0,
          CloudWatchMetrics: [
            { Namespace: "n", Dimensions: [["route"]], Metrics: [{ Name: "Latency" }] },
          ],
        },
        route: "GET /",
        Latency: 8,
      });
    const shown = (message: string) =>
      eventText({ type: "output", function: "list", line: line(message), platform: false }, plain);
    expect(shown("saved")).toBe("  list INFO saved size=7");
    expect(shown("request metrics")).toBeUndefined();
  });

  it("shows why a function failed, indented below it", () => {
    const message = "TypeError: x is not a function\n    at src/list.ts:5:3";
    expect(eventText({ type: "failed", function: "list", message }, plain)).toBe(
      "  list TypeError: x is not a function\n        at src/list.ts:5:3",
    );
  });

  it("names the functions that were loaded anew", () => {
    expect(
      eventText({ type: "reloaded", functions: ["list", "get"], milliseconds: 41.5 }, plain),
    ).toBe("Reloaded list, get in 42 ms.");
  });

  it("says what is wrong with new code, and that the old one keeps serving", () => {
    expect(eventText({ type: "not-reloaded", error: broken }, plain)).toBe(
      `error BUNDLE_FAILED
  The functions could not be bundled.
  src/list.ts:3:1: Unexpected end
  fix: correct the file and save it
  The last good code keeps serving.`,
    );
  });

  it("tells a failure that nobody foresaw as a bug of ours", () => {
    const text = eventText({ type: "not-reloaded", error: new TypeError("no bundle") }, plain);
    expect(text).toContain("error INTERNAL");
    expect(text).toContain("TypeError: no bundle");
  });

  it("says whether the sample data was sent", () => {
    expect(eventText({ type: "sample-data", sent: 3 }, plain)).toBe(
      "Sample data: 3 requests sent.",
    );
    expect(eventText({ type: "sample-data-kept", items: 7 }, plain)).toBe(
      "Sample data: not loaded, because the tables have 7 items already.\n  --reset empties them.",
    );
  });

  it("says what became of the table engine, and what to do", () => {
    const reason = "dynoxide ended with SIGKILL";
    expect(eventText({ type: "engine-ended", reason }, plain)).toBe(
      "The table engine has ended: dynoxide ended with SIGKILL.\n  Start lambdakit dev again.",
    );
    expect(eventText({ type: "engine-restarted", reason, milliseconds: 41.5 }, plain)).toBe(
      "The table engine has ended: dynoxide ended with SIGKILL.\n  It was started again in 42 ms.",
    );
  });

  it("says what a function was not allowed to do, and what would allow it", () => {
    const denied = {
      type: "access-denied",
      function: "list",
      action: "dynamodb:Scan",
      resource: "arn:aws:dynamodb:eu-west-1:123456789012:table/products-dev",
      message: "User: list is not authorized to perform: dynamodb:Scan",
    } as const;
    const head = "  list access denied User: list is not authorized to perform: dynamodb:Scan";
    const fix = 'add { allow: ["Scan"] } to functions.list.tables.products in service.ts';
    expect(eventText({ ...denied, fix }, plain)).toBe(`${head}\n    fix: ${fix}`);
    expect(eventText({ ...denied, fix: null }, plain)).toBe(head);
  });

  it("shows each type error with its place, and says which code serves", () => {
    const problems = [
      {
        file: path.resolve("src/list.ts"),
        line: 3,
        column: 5,
        code: "TS2322",
        message: "Type 'a' is not assignable.\n  It is longer.",
      },
      {
        file: "/elsewhere/get.ts",
        line: 1,
        column: 1,
        code: "TS1005",
        message: "';' expected.",
      },
    ];
    expect(eventText({ type: "type-problems", problems, restored: true }, plain)).toBe(
      `error TS2322
  at ${path.join("src", "list.ts")}:3:5
  Type 'a' is not assignable.
    It is longer.
error TS1005
  at /elsewhere/get.ts:1:1
  ';' expected.
  The last good code serves again.`,
    );
    const first = eventText({ type: "type-problems", problems, restored: false }, plain);
    expect(first).toMatch(/\n {2}The code serves all the same\.$/);
  });

  it("says why types are not checked", () => {
    const reason = "there is no tsconfig.json in /srv or above";
    expect(eventText({ type: "not-type-checked", reason }, plain)).toBe(
      "Types are not checked: there is no tsconfig.json in /srv or above",
    );
  });

  it("says how many items have expired", () => {
    const expired = (items: number) =>
      eventText({ type: "items-expired", table: "products-dev", items }, plain);
    expect(expired(1)).toBe("Expired: 1 item of products-dev.");
    expect(expired(2)).toBe("Expired: 2 items of products-dev.");
  });

  it.each(["call-failed", "items-not-expired"] as const)("tells what went wrong: %s", (type) => {
    expect(eventText({ type, error: broken }, plain)).toMatch(/^error BUNDLE_FAILED\n/);
  });

  it("shows Lambda's own lines only where they were asked for", () => {
    const line = "END RequestId: c6af9ac6\n";
    const event: DevEvent = { type: "output", function: "list", line, platform: true };
    expect(eventText(event, plain)).toBeUndefined();
    expect(eventText(event, plain, { platformLogs: true })).toBe("  list END RequestId: c6af9ac6");
  });

  it("names a manifest where no function was loaded anew, and a cold start", () => {
    expect(eventText({ type: "reloaded", functions: [], milliseconds: 12 }, plain)).toBe(
      "Reloaded service.ts in 12 ms.",
    );
    const access = {
      method: "GET",
      path: "/",
      status: 200,
      milliseconds: 80,
      initMilliseconds: 61.6,
    };
    expect(eventText({ type: "request", access }, plain)).toBe(
      "GET     200 /  - 80 ms, cold start 62 ms",
    );
  });

  it.each([
    { type: "environment-started", function: "list", environment: "2026/11/22/[$LATEST]5e0f" },
    { type: "environment-ended", function: "list", environment: "2026/11/22/[$LATEST]5e0f" },
    { type: "invoked", function: "list", ok: true, report },
    tableCall,
  ] satisfies DevEvent[])("is nothing where another one tells it better: $type", (event) => {
    expect(eventText(event, plain)).toBeUndefined();
  });
});

describe("an event of dev, for a program", () => {
  it.each<DevEvent>([
    request(200, "list"),
    { type: "output", function: "list", line: "two\nlines", platform: false },
    { type: "reloaded", functions: ["list"], milliseconds: 41.5 },
    { type: "sample-data", sent: 3 },
    { type: "sample-data-kept", items: 7 },
    { type: "engine-ended", reason: "dynoxide ended with SIGKILL" },
    { type: "engine-restarted", reason: "dynoxide ended with SIGKILL", milliseconds: 41.5 },
    { type: "not-type-checked", reason: "there is no tsconfig.json" },
    { type: "type-problems", problems: [], restored: true },
    { type: "failed", function: "list", message: "Error: x\n    at y", requestId: "c6af9ac6" },
    { type: "environment-started", function: "list", environment: "2026/11/22/[$LATEST]5e0f" },
    { type: "environment-ended", function: "list", environment: "2026/11/22/[$LATEST]5e0f" },
    { type: "items-expired", table: "products-dev", items: 2 },
    tableCall,
  ])("is itself, as one line of JSON: $type", (event) => {
    const json = eventJson(event);
    expect(json).not.toContain("\n");
    expect(JSON.parse(json)).toEqual(event);
    expect(faultsIn("dev", JSON.parse(json))).toBeUndefined();
  });

  it("has what an invocation cost, without the lines that came before", () => {
    const { log: _, ...rest } = report;
    const event = { type: "invoked", function: "list", ok: true } as const;
    expect(JSON.parse(eventJson({ ...event, report }))).toEqual({ ...event, report: rest });
  });

  it.each(["not-reloaded", "call-failed", "items-not-expired"] as const)(
    "has a failure that nobody foresaw as a bug of ours: %s",
    (type) => {
      expect(JSON.parse(eventJson({ type, error: new TypeError("no bundle") }))).toMatchObject({
        type,
        error: { code: "INTERNAL", message: expect.stringContaining("TypeError: no bundle") },
      });
    },
  );

  it("has the error that kept new code from being served", () => {
    const json = eventJson({ type: "not-reloaded", error: broken });
    expect(json).not.toContain("\n");
    expect(JSON.parse(json)).toEqual({
      type: "not-reloaded",
      error: {
        code: "BUNDLE_FAILED",
        message: "The functions could not be bundled.\nsrc/list.ts:3:1: Unexpected end",
        fix: "correct the file and save it",
        problems: [],
      },
    });
  });
});
