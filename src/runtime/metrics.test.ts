import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Figure, figuresOf } from "../../test/embedded-metrics.ts";
import { openRoutes } from "../../test/open-routes.ts";
import { type ApiCall, callHandler } from "../testing/index.ts";
import {
  type ApiRequest,
  type ApiResponse,
  defineMetric,
  HttpError,
  httpHandler,
  noContent,
  ok,
  ValidationError,
} from "./index.ts";

beforeEach(() => {
  vi.stubEnv("ROUTE_AUTH", openRoutes);
});

let output: string;
beforeEach(() => {
  output = "";
  vi.stubEnv("POWERTOOLS_METRICS_NAMESPACE", "acme-shop");
  vi.stubEnv("LOG_LEVEL", "INFO");
  vi.stubEnv("ENVIRONMENT", "prod");
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const lines = () => output.split("\n").filter((line) => line !== "");
const figures = () => lines().flatMap(figuresOf);
const named = (name: string) => figures().filter((figure) => figure.name === name);
const route = { route: "PUT /things/{thingId}" };

type Respond = (request: ApiRequest) => ApiResponse;

/** Answers one request with what `respond` does. */
async function answer(respond: Respond = noContent, call: Partial<ApiCall> = {}) {
  const handler = httpHandler(async (request) => respond(request));
  await callHandler(handler, { route: "PUT /things/{thingId}", ...call });
}

const fail = (error: unknown) => () => {
  throw error;
};

describe("the line that a request ends with", () => {
  it("carries the time that the request took, by its route, and is no second line", async () => {
    await answer(noContent, { pathParameters: { thingId: "4711" } });
    expect(lines()).toHaveLength(1);
    const line = JSON.parse(output);
    expect(line).toMatchObject({ message: "request completed", http_status: 204 });
    expect(named("Latency")).toEqual([
      {
        namespace: "acme-shop",
        name: "Latency",
        unit: "Milliseconds",
        dimensions: route,
        values: [line.duration_ms],
      },
    ]);
  });

  it("has the path that was asked for in no dimension", async () => {
    await answer(noContent, { pathParameters: { thingId: "4711" }, query: { q: "4711" } });
    expect(
      figures()
        .map(({ dimensions }) => JSON.stringify(dimensions))
        .join(),
    ).not.toContain("4711");
  });

  it.each<[string, Respond, Partial<ApiCall>]>([
    ["a wrong field", fail(new ValidationError([{ field: "price", message: "is required" }])), {}],
    ["a body that is no JSON", ({ json }) => ok(json()), { body: "{" }],
    ["no body at all", ({ json }) => ok(json()), {}],
    [
      "a path that cannot be decoded",
      (r) => ok(r.pathParameter("thingId")),
      { pathParameters: { thingId: "%ff" } },
    ],
  ])("counts a failed validation: %s", async (_, respond, call) => {
    await answer(respond, {
      ...call,
      headers: { "Content-Type": "application/json" },
    });
    expect(named("ValidationFailures")).toMatchObject([{ dimensions: route, values: [1] }]);
  });

  it.each([
    [409, 1],
    [412, 1],
    [400, 0],
    [404, 0],
    [422, 0],
    [500, 0],
  ])(
    "counts, of an answer %i, %i conflicts and no failed validation",
    async (status, conflicts) => {
      await answer(fail(new HttpError(status, "No.")));
      expect(named("Conflicts")).toHaveLength(conflicts);
      expect(named("ValidationFailures")).toEqual([]);
    },
  );

  it("counts a replay where the service says that it was one", async () => {
    await answer(({ metrics }) => {
      metrics.add("IdempotentReplays");
      return noContent();
    });
    expect(named("IdempotentReplays")).toMatchObject([
      { unit: "Count", dimensions: route, values: [1] },
    ]);
  });

  it("of the first request counts a cold start, by the function's name, and of no other", async () => {
    const copy = "./log.ts?metrics";
    const { createLog }: typeof import("./log.ts") = await import(copy);
    const context = { functionName: "acme-shop-put", awsRequestId: "1" } as never;
    expect([createLog(context, "a"), createLog(context, "b")].map((log) => log.coldStart)).toEqual([
      true,
      false,
    ]);
    const { coldStart, RequestMetrics } = await import("./metrics.ts");
    const metrics = new RequestMetrics("GET /", createLog(context, "c"));
    metrics.add(coldStart, 1);
    const line = JSON.stringify({ function_name: "acme-shop-put", ...metrics.take() });
    expect(figuresOf(line)).toMatchObject([
      {
        name: "ColdStart",
        unit: "Count",
        dimensions: { function_name: "acme-shop-put" },
        values: [1],
      },
    ]);
  });

  it("is as it was where no namespace is known", async () => {
    vi.stubEnv("POWERTOOLS_METRICS_NAMESPACE", undefined);
    await answer();
    expect(lines()).toHaveLength(1);
    expect(output).not.toContain("_aws");
  });

  it("carries metrics beside an error that cannot become JSON", async () => {
    const error: Error & { self?: unknown } = new Error("boom");
    error.cause = { toJSON: fail(new Error("no")) };
    await answer(fail(error));
    expect(named("Latency")).toHaveLength(1);
  });
});

describe("where the level hides the line", () => {
  it.each(["WARN", "ERROR"])(
    "at %s the metrics come alone, at INFO, with the request's id",
    async (level) => {
      vi.stubEnv("LOG_LEVEL", level);
      await answer();
      expect(lines()).toHaveLength(1);
      const { _aws, ...line } = JSON.parse(output);
      expect(line).toEqual({
        level: "INFO",
        message: "request metrics",
        timestamp: expect.any(String),
        function_name: "test-function",
        function_request_id: expect.any(String),
        ...route,
        Latency: expect.any(Number),
      });
      expect(named("Latency")).toHaveLength(1);
    },
  );

  it("a failure of the service is a line still, with its metrics, and no second one", async () => {
    vi.stubEnv("LOG_LEVEL", "ERROR");
    await answer(fail(new Error("boom")));
    expect(lines()).toHaveLength(1);
    expect(JSON.parse(output)).toMatchObject({ level: "ERROR", http_status: 500 });
    expect(named("Latency")).toHaveLength(1);
  });
});

describe("an own metric", () => {
  const orders = defineMetric({ name: "OrdersPlaced", dimensions: { channel: ["web", "shop"] } });
  const size = defineMetric({ name: "BasketSize", unit: "None", perRoute: true });
  const total = defineMetric({ name: "Total" });

  it("stands in the request's line, by its own dimensions", async () => {
    await answer(({ metrics }) => {
      metrics.add(orders, 2, { channel: "web" });
      metrics.add(size, 3);
      metrics.add(total, 1);
      return noContent();
    });
    expect(lines()).toHaveLength(1);
    expect(named("OrdersPlaced")).toMatchObject([{ dimensions: { channel: "web" }, values: [2] }]);
    expect(named("BasketSize")).toMatchObject([{ dimensions: route, values: [3] }]);
    expect(named("Total")).toMatchObject([{ dimensions: {}, values: [1] }]);
  });

  it("with another value of a dimension gets a line of its own: a line has room for one", async () => {
    await answer(({ metrics }) => {
      metrics.add(orders, 1, { channel: "web" });
      metrics.add(orders, 5, { channel: "shop" });
      return noContent();
    });
    expect(lines()).toHaveLength(2);
    expect(
      named("OrdersPlaced").map(({ dimensions, values }) => [dimensions.channel, ...values]),
    ).toEqual([
      ["web", 1],
      ["shop", 5],
    ]);
  });

  it("loses nothing, and fills no directive beyond 100, whatever is added in whatever order", async () => {
    const many = Array.from({ length: 120 }, (_, position) =>
      defineMetric({ name: `Many${position}` }),
    );
    const added = fc.oneof(
      fc.record({
        metric: fc.constant(orders),
        value: fc.nat(9),
        channel: fc.constantFrom("web", "shop"),
      }),
      fc.record({ metric: fc.constantFrom(size, total, ...many), value: fc.nat(9) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(added, { maxLength: 400, size: "max" }), async (all) => {
        output = "";
        const expected = new Map<string, number>();
        await answer(({ metrics }) => {
          for (const one of all) {
            if ("channel" in one) metrics.add(orders, one.value, { channel: one.channel });
            else metrics.add(one.metric as typeof total, one.value);
            const key = `${one.metric.definition.Name} ${"channel" in one ? one.channel : ""}`;
            expected.set(key, (expected.get(key) ?? 0) + one.value);
          }
          return noContent();
        });
        const kept = new Map<string, number>();
        for (const { name, dimensions, values } of figures()) {
          if (name === "Latency" || name === "ColdStart") continue;
          const key = `${name} ${dimensions.channel ?? ""}`;
          kept.set(key, (kept.get(key) ?? 0) + values.reduce((sum, value) => sum + value, 0));
        }
        expect(kept).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it.each<[string, (request: ApiRequest) => void]>([
    ["is not a number", ({ metrics }) => metrics.add(total, Number.NaN)],
    ["has no end", ({ metrics }) => metrics.add(total, Number.POSITIVE_INFINITY)],
    ["is larger than CloudWatch takes", ({ metrics }) => metrics.add(total, 2 ** 361)],
    [
      "has a dimension's value that was not defined",
      ({ metrics }) => metrics.add(orders, 1, { channel: "4711" as "web" }),
    ],
    ["lacks its dimension", ({ metrics }) => metrics.add(orders, 1, {} as { channel: "web" })],
  ])(
    "that %s is left out with a warning, and an error on a developer's machine",
    async (_, add) => {
      const respond = (request: ApiRequest) => {
        add(request);
        return noContent();
      };
      await answer(respond);
      const own = (figure: Figure) => figure.name === "Total" || figure.name === "OrdersPlaced";
      expect(figures().filter(own)).toEqual([]);
      expect(JSON.parse(lines()[0] ?? "")).toMatchObject({
        level: "WARN",
        message: "a metric was left out",
      });
      output = "";
      vi.stubEnv("ENVIRONMENT", "local");
      await answer(respond);
      expect(JSON.parse(output)).toMatchObject({ http_status: 500, error: { name: "TypeError" } });
    },
  );
});

describe("defineMetric", () => {
  it.each([
    ["no name", { name: " " }, "1 to 1024"],
    ["a name that is too long", { name: "x".repeat(1025) }, "1 to 1024"],
    ["a name that is not ASCII", { name: "Größe" }, "ASCII"],
    ["a name of the log line", { name: "http_status" }, "already"],
    ["a name of the toolkit's", { name: "Latency" }, "already"],
    ["the name that an object has already", { name: "__proto__" }, "already"],
    ["a unit that there is not", { name: "A", unit: "Minutes" as "Seconds" }, "unit"],
    ["a dimension without a value", { name: "A", dimensions: { b: [] } }, "without a value"],
    ["a dimension of the log line", { name: "A", dimensions: { level: ["x"] } }, "already"],
    ["a dimension as itself", { name: "A", dimensions: { A: ["x"] } }, "already"],
    [
      "a dimension that begins as CloudWatch's own",
      { name: "A", dimensions: { ":b": ["x"] } },
      "characters",
    ],
    ["a value that is empty", { name: "A", dimensions: { b: [""] } }, "1 to 1024"],
    [
      "31 dimensions",
      {
        name: "A",
        dimensions: Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`d${n}`, ["x"]])),
      },
      "31 dimensions",
    ],
    [
      "more combinations than anybody wants to pay",
      { name: "A", dimensions: { b: Array.from({ length: 101 }, (_, n) => `${n}`) } },
      "101 combinations",
    ],
  ])("refuses %s", (_, options, why) => {
    expect(() => defineMetric(options)).toThrow(why);
  });

  it("lets through only what CloudWatch reads", async () => {
    const text = fc.oneof(
      { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: 20, unit: "grapheme-ascii" }) },
      { weight: 1, arbitrary: fc.string({ maxLength: 20, unit: "binary" }) },
    );
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(text, text, text, async (name, dimension, value) => {
        let metric: ReturnType<typeof defineMetric>;
        try {
          metric = defineMetric({ name, dimensions: { [dimension]: [value] } }) as typeof metric;
        } catch {
          return;
        }
        output = "";
        await answer(({ metrics }) => {
          metrics.add(metric as never, 1, { [dimension]: value });
          return noContent();
        });
        expect(named(name)).toMatchObject([{ dimensions: { [dimension]: value }, values: [1] }]);
        passed += 1;
      }),
    );
    expect(passed).toBeGreaterThan(20);
  });
});
