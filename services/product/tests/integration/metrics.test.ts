import { apiEvent, callHandler, lambdaContext } from "lambdakit/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { figuresOf } from "../../../../test/embedded-metrics.ts";
import { handler as createHandler } from "../../src/handlers/create-product.ts";
import { handler as deleteHandler } from "../../src/handlers/delete-product.ts";
import { handler as getHandler } from "../../src/handlers/get-product.ts";
import { handler as listHandler } from "../../src/handlers/list-products.ts";
import { handler as updateHandler } from "../../src/handlers/update-product.ts";
import { useProductTables } from "../product-tables.ts";
import { sampleInput } from "../sample-product.ts";

useProductTables();

let output: string;
beforeEach(() => {
  output = "";
  vi.stubEnv("POWERTOOLS_METRICS_NAMESPACE", "bbws-product");
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

const one = "/v1.0/products/{productId}";
const missing = { pathParameters: { productId: "PROD-NOTHIN" } };
const malformed = { pathParameters: { productId: "4711" } };

/** Each handler of the service, with what its route answers, and what CloudWatch is to count of it. */
const requests = [
  { handler: listHandler, call: { route: "GET /v1.0/products" }, status: 200, counts: {} },
  {
    handler: listHandler,
    call: { route: "GET /v1.0/products", query: { limit: "0" } },
    status: 400,
    counts: { ValidationFailures: 1 },
  },
  {
    handler: listHandler,
    call: { route: "GET /v1.0/products", query: { nextToken: "forged" } },
    status: 400,
    counts: { ValidationFailures: 1 },
  },
  { handler: getHandler, call: { route: `GET ${one}`, ...missing }, status: 404, counts: {} },
  {
    handler: getHandler,
    call: { route: `GET ${one}`, ...malformed },
    status: 400,
    counts: { ValidationFailures: 1 },
  },
  {
    handler: createHandler,
    call: { route: "POST /v1.0/products", body: sampleInput },
    status: 201,
    counts: {},
  },
  {
    handler: createHandler,
    call: { route: "POST /v1.0/products", body: { ...sampleInput, price: "free" } },
    status: 400,
    counts: { ValidationFailures: 1 },
  },
  {
    handler: updateHandler,
    call: { route: `PUT ${one}`, ...missing, body: { price: "1.00" } },
    status: 404,
    counts: {},
  },
  {
    handler: updateHandler,
    call: { route: `PUT ${one}`, ...missing, body: {} },
    status: 400,
    counts: { ValidationFailures: 1 },
  },
  { handler: deleteHandler, call: { route: `DELETE ${one}`, ...missing }, status: 404, counts: {} },
];

describe.each(["DEBUG", "INFO", "WARN", "ERROR"])("at the level %s", (level) => {
  beforeEach(() => vi.stubEnv("LOG_LEVEL", level));

  it.each(requests)("$call.route that answers $status is measured by its route", async (asked) => {
    const { handler, call, status, counts } = asked;
    expect((await callHandler(handler, call)).status).toBe(status);
    expect(counted(call.route)).toEqual(counts);
  });

  it("a repeated request with an Idempotency-Key is a replay, and the first is none", async () => {
    const call = {
      route: "POST /v1.0/products",
      body: sampleInput,
      headers: { "Idempotency-Key": `key-at-${level}` },
    };
    await callHandler(createHandler, call);
    expect(counted(call.route)).toEqual({});
    await callHandler(createHandler, call);
    expect(counted(call.route)).toEqual({ IdempotentReplays: 1 });
  });

  it("a change to a version that is gone is a conflict", async () => {
    const { body } = await callHandler(createHandler, {
      route: "POST /v1.0/products",
      body: sampleInput,
    });
    output = "";
    const call = {
      route: `PUT ${one}`,
      pathParameters: { productId: body.productId },
      headers: { "If-Match": '"7"' },
      body: { price: "1.00" },
    };
    expect((await callHandler(updateHandler, call)).status).toBe(412);
    expect(counted(call.route)).toEqual({ Conflicts: 1 });
  });
});

it("every line of a request that fails has the ids of the request, the caller and the trace", async () => {
  vi.stubEnv("LOG_LEVEL", "DEBUG");
  vi.stubEnv("DYNAMODB_TABLE", "there-is-no-such-table");
  vi.stubEnv("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
  const context = lambdaContext();
  const event = apiEvent({
    route: `GET ${one}`,
    pathParameters: { productId: "PROD-ABC123" },
    headers: { "X-Correlation-Id": "order-42" },
  });
  const answer = await getHandler(event, context);
  expect(answer.statusCode).toBe(500);
  expect(answer.headers).toMatchObject({ "X-Correlation-Id": "order-42" });
  const written = lines().map((line) => JSON.parse(line));
  expect(written.length).toBeGreaterThan(0);
  for (const line of written) {
    expect(line).toMatchObject({
      function_request_id: context.awsRequestId,
      correlation_id: "order-42",
      xray_trace_id: "1-5759e988-bd862e3fe1be46a994272793",
    });
  }
});

function lines(): string[] {
  return output.split("\n").filter((line) => line.startsWith("{"));
}

/** What was counted since it was asked last, but for the one latency that every request has. */
function counted(route: string): Record<string, number> {
  const figures = lines()
    .flatMap(figuresOf)
    .filter(({ name }) => name !== "ColdStart");
  output = "";
  for (const { namespace, dimensions } of figures) {
    expect(namespace).toBe("bbws-product");
    expect(dimensions).toEqual({ route });
  }
  expect(figures.filter(({ name }) => name === "Latency")).toHaveLength(1);
  return Object.fromEntries(
    figures.filter(({ name }) => name !== "Latency").map(({ name, values }) => [name, values[0]]),
  ) as Record<string, number>;
}
