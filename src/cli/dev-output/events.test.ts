import { describe, expect, it } from "vitest";
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
    expect(eventText({ type: "output", function: "list", line: "hello" }, plain)).toBe(
      "  list hello",
    );
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
      "Sample data: not loaded, because the tables have 7 items already. --reset empties them.",
    );
  });

  it("says that the table engine has ended, and what to do", () => {
    expect(eventText({ type: "engine-ended", reason: "dynoxide ended with SIGKILL" }, plain)).toBe(
      "The table engine has ended: dynoxide ended with SIGKILL. Start lambdakit dev again.",
    );
  });
});

describe("an event of dev, for a program", () => {
  it.each<DevEvent>([
    request(200, "list"),
    { type: "output", function: "list", line: "two\nlines" },
    { type: "reloaded", functions: ["list"], milliseconds: 41.5 },
    { type: "sample-data", sent: 3 },
  ])("is itself, as one line of JSON: $type", (event) => {
    const json = eventJson(event);
    expect(json).not.toContain("\n");
    expect(JSON.parse(json)).toEqual(event);
  });

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
