import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openRoutes } from "../../test/open-routes.ts";
import { apiEvent, callHandler, lambdaContext } from "../testing/index.ts";
import { httpHandler, type Log, noContent } from "./index.ts";

beforeEach(() => {
  vi.stubEnv("ROUTE_AUTH", openRoutes);
});

let output: string;
beforeEach(() => {
  output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function lines(): Record<string, unknown>[] {
  expect(output === "" || output.endsWith("\n")).toBe(true);
  return output
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** The lines that a handler writes, without the one that every request ends with. */
async function written(write: (log: Log) => void, headers: Record<string, string> = {}) {
  const handler = httpHandler(async ({ log }) => {
    write(log);
    return noContent();
  });
  await callHandler(handler, { route: "GET /", headers });
  return lines().filter(({ message }) => message !== "request completed");
}

describe("a log line", () => {
  it("is JSON with the field names of Powertools for AWS Lambda", async () => {
    vi.stubEnv("LOG_LEVEL", "INFO");
    vi.stubEnv("POWERTOOLS_SERVICE_NAME", "product");
    vi.stubEnv("ENVIRONMENT", "local");
    vi.stubEnv("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
    const handler = httpHandler(async ({ log }) => {
      log.info("product added", { productId: "PROD-1" });
      return noContent();
    });
    const context = lambdaContext({ functionName: "bbws-product-create-dev", memoryMb: 512 });
    await handler(apiEvent({ route: "POST /", headers: { "X-Correlation-Id": "c-1" } }), context);
    expect(lines()[0]).toEqual({
      level: "INFO",
      message: "product added",
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      service: "product",
      environment: "local",
      cold_start: expect.any(Boolean),
      function_name: "bbws-product-create-dev",
      function_memory_size: "512",
      function_arn: "arn:aws:lambda:eu-west-1:123456789012:function:bbws-product-create-dev",
      function_request_id: context.awsRequestId,
      xray_trace_id: "1-5759e988-bd862e3fe1be46a994272793",
      correlation_id: "c-1",
      productId: "PROD-1",
    });
  });

  it("leaves out what is not known", async () => {
    vi.stubEnv("LOG_LEVEL", undefined);
    vi.stubEnv("POWERTOOLS_SERVICE_NAME", undefined);
    vi.stubEnv("ENVIRONMENT", undefined);
    vi.stubEnv("_X_AMZN_TRACE_ID", undefined);
    const [line] = await written((log) => log.info("x", { price: undefined }));
    for (const field of ["service", "environment", "xray_trace_id", "price"]) {
      expect(line).not.toHaveProperty(field);
    }
  });

  it("has no trace id where the variable has another form", async () => {
    vi.stubEnv("LOG_LEVEL", undefined);
    vi.stubEnv("_X_AMZN_TRACE_ID", "Sampled=0");
    const [line] = await written((log) => log.info("x"));
    expect(line).not.toHaveProperty("xray_trace_id");
  });

  it("is one line, whatever is written", async () => {
    vi.stubEnv("LOG_LEVEL", undefined);
    const text = 'first\nsecond\r\n"third" \u2028 {"level":"ERROR"}';
    expect(await written((log) => log.info(text, { text }))).toMatchObject([
      { level: "INFO", message: text, text },
    ]);
    expect(output.match(/\n/g)).toHaveLength(2);
  });

  it("shows a big integer as a text", async () => {
    vi.stubEnv("LOG_LEVEL", undefined);
    expect(await written((log) => log.info("x", { count: 2n ** 64n, list: [1n] }))).toMatchObject([
      { count: "18446744073709551616", list: ["1"] },
    ]);
  });

  it("shows an error, and the errors that caused it, with name, message and stack", async () => {
    vi.stubEnv("LOG_LEVEL", undefined);
    const cause = new TypeError("not a function");
    const error = new Error("could not save", { cause });
    expect(await written((log) => log.error("failed", { error, list: [cause] }))).toMatchObject([
      {
        error: {
          name: "Error",
          message: "could not save",
          stack: error.stack,
          cause: { name: "TypeError", message: "not a function", stack: cause.stack },
        },
        list: [{ name: "TypeError" }],
      },
    ]);
  });

  it("shows an error that is its own cause, and ends somewhere", async () => {
    vi.stubEnv("LOG_LEVEL", undefined);
    const error: Error & { cause?: unknown } = new Error("boom");
    error.cause = error;
    expect(await written((log) => log.error("failed", { error }))).toMatchObject([
      { message: "failed", error: { message: "boom", cause: { message: "boom" } } },
    ]);
  });

  it("shows what an error was caused by, where that is no error", async () => {
    vi.stubEnv("LOG_LEVEL", undefined);
    const error = new Error("boom", { cause: { table: "orders", size: 1n } });
    expect(await written((log) => log.error("failed", { error }))).toMatchObject([
      { error: { cause: { table: "orders", size: "1" } } },
    ]);
  });

  it.each<[string, () => object]>([
    [
      "contains itself",
      () => {
        const circle: { self?: unknown } = {};
        circle.self = circle;
        return circle;
      },
    ],
    [
      "cannot be read",
      () => ({
        get total(): never {
          throw new Error("no total");
        },
      }),
    ],
  ])("is written without a field that %s, which it names", async (_, value) => {
    vi.stubEnv("LOG_LEVEL", undefined);
    const fields = { order: value(), count: 1 };
    expect(await written((log) => log.warn("saved", fields))).toMatchObject([
      {
        level: "WARN",
        message: "saved",
        function_name: "test-function",
        not_logged: ["order", "count"],
        reason: expect.stringContaining("Error"),
      },
    ]);
  });

  it("shows dates, nulls and nested objects as JSON does", async () => {
    vi.stubEnv("LOG_LEVEL", undefined);
    const fields = { at: new Date(0), none: null, nested: { a: [{ b: true }] } };
    expect(await written((log) => log.info("x", fields))).toMatchObject([
      { at: "1970-01-01T00:00:00.000Z", none: null, nested: { a: [{ b: true }] } },
    ]);
  });
});

describe("the level", () => {
  const all = ["DEBUG", "INFO", "WARN", "ERROR"];
  const writeAll = (log: Log) => {
    log.debug("d");
    log.info("i");
    log.warn("w");
    log.error("e");
  };

  it.each([
    ["DEBUG", all],
    ["INFO", ["INFO", "WARN", "ERROR"]],
    ["WARN", ["WARN", "ERROR"]],
    ["ERROR", ["ERROR"]],
  ])("%s lets through what is at least as grave", async (level, expected) => {
    vi.stubEnv("LOG_LEVEL", level);
    expect((await written(writeAll)).map((line) => line.level)).toEqual(expected);
  });

  it("is INFO where none is set", async () => {
    vi.stubEnv("LOG_LEVEL", undefined);
    expect((await written(writeAll)).map((line) => line.level)).toEqual(["INFO", "WARN", "ERROR"]);
  });

  it("that nobody knows hides nothing", async () => {
    vi.stubEnv("LOG_LEVEL", "LOUD");
    expect((await written(writeAll)).map((line) => line.level)).toEqual(all);
  });

  it("is read at each invocation", async () => {
    vi.stubEnv("LOG_LEVEL", "ERROR");
    expect(await written((log) => log.info("hidden"))).toEqual([]);
    vi.stubEnv("LOG_LEVEL", "INFO");
    expect(await written((log) => log.info("shown"))).toMatchObject([{ message: "shown" }]);
  });
});

describe("cold_start", () => {
  it("is true in all lines of the first invocation of a module's life, and in no other", async () => {
    vi.stubEnv("LOG_LEVEL", undefined);
    // A query makes it another module: this one has served nobody yet.
    const copy = "./log.ts?cold-start";
    const { createLog }: typeof import("./log.ts") = await import(copy);
    const first = createLog(lambdaContext(), "1");
    first.info("a");
    const second = createLog(lambdaContext(), "2");
    second.info("b");
    first.info("c");
    createLog(lambdaContext(), "3").info("d");
    expect(lines().map((line) => [line.message, line.cold_start])).toEqual([
      ["a", true],
      ["b", false],
      ["c", true],
      ["d", false],
    ]);
  });
});
