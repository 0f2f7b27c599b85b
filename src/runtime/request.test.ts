import type { APIGatewayProxyEvent } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openRoutes } from "../../test/open-routes.ts";
import { type ApiCall, apiEvent, lambdaContext } from "../testing/index.ts";
import { type ApiRequest, httpHandler, ok } from "./index.ts";

beforeEach(() => {
  vi.stubEnv("ROUTE_AUTH", openRoutes);
});

beforeEach(() => {
  vi.stubEnv("LOG_LEVEL", "ERROR");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** What a handler reads from a request; `change` makes the event one that tests cannot ask for. */
async function read(
  reader: (request: ApiRequest) => unknown,
  call: Partial<ApiCall> = {},
  change: Partial<APIGatewayProxyEvent> = {},
) {
  const handler = httpHandler(async (request) => ok({ read: reader(request) }));
  const event = { ...apiEvent({ route: "GET /things/{thingId}", ...call }), ...change };
  const answer = await handler(event, lambdaContext());
  return { status: answer.statusCode, headers: answer.headers, ...JSON.parse(answer.body) };
}

describe("a request", () => {
  it("has the method, the route's template and the path that the caller used", async () => {
    const call = { route: "PUT /v1.0/things/{thingId}", pathParameters: { thingId: "a%20b" } };
    expect(await read(({ method, route, path }) => ({ method, route, path }), call)).toMatchObject({
      read: { method: "PUT", route: "/v1.0/things/{thingId}", path: "/v1.0/things/a%20b" },
    });
  });

  it.each([
    ["/v1/things/", "/v1/things"],
    ["/v1/things///", "/v1/things"],
    ["/v1/things", "/v1/things"],
    ["/", ""],
  ])("has the stage in its path, and no slash at the end: %s", async (path, expected) => {
    const { requestContext } = apiEvent({ route: "GET /things" });
    const change = { path: "/things", requestContext: { ...requestContext, path } };
    expect(await read((request) => request.path, {}, change)).toMatchObject({ read: expected });
  });

  it("has Lambda's id of the invocation", async () => {
    const context = lambdaContext();
    const handler = httpHandler(async ({ id }) => ok(id));
    const answer = await handler(apiEvent({ route: "GET /" }), context);
    expect(JSON.parse(answer.body)).toBe(context.awsRequestId);
  });
});

describe("a query", () => {
  it("is decoded by API Gateway, and given as it is", async () => {
    const query = { limit: "10", q: "a b+c%20" };
    expect(await read((request) => request.query, { query })).toMatchObject({ read: query });
  });

  it("is empty where the event has none", async () => {
    const change = { queryStringParameters: null };
    expect(await read((request) => request.query, {}, change)).toMatchObject({ read: {} });
  });
});

describe("a header", () => {
  it("is found whatever the case of its name", async () => {
    const headers = { "x-ThInG": "yes" };
    const names = ["X-Thing", "x-thing", "X-THING"];
    expect(await read(({ header }) => names.map(header), { headers })).toMatchObject({
      read: ["yes", "yes", "yes"],
    });
  });

  it("is undefined where the caller sent none", async () => {
    expect(await read(({ header }) => [header("x-thing") === undefined])).toMatchObject({
      read: [true],
    });
  });

  it("is undefined where the event has no headers at all", async () => {
    // The types say that this cannot be; a test event of the console says that it can.
    const change = { headers: null as unknown as APIGatewayProxyEvent["headers"] };
    expect(await read(({ header }) => [header("x") === undefined], {}, change)).toMatchObject({
      status: 200,
      read: [true],
    });
  });
});

describe("the correlation id", () => {
  const correlationOf = (headers: Record<string, string>) =>
    read((request) => request.correlationId, { headers });

  it.each([
    "order-42",
    "1-5759e988-bd862e3fe1be46a994272793",
    "user@example.com:a/b.c_d+e=",
    "x".repeat(128),
  ])("is the caller's where it is harmless: %s", async (id) => {
    expect(await correlationOf({ "X-Correlation-Id": id })).toMatchObject({
      read: id,
      headers: { "X-Correlation-Id": id },
    });
  });

  it.each([
    ["empty", ""],
    ["too long", "x".repeat(129)],
    ["with a line break at its end", "id\n"],
    ["with a line break in it", "id\r\nSet-Cookie: a=b"],
    ["with a space", "a b"],
    ["with a quote", 'a"b'],
    ["with an angle bracket", "<script>"],
    ["not ASCII", "é"],
  ])("is API Gateway's request id where the caller's is not harmless: %s", async (_, id) => {
    const event = apiEvent({ route: "GET /", headers: { "X-Correlation-Id": id } });
    const handler = httpHandler(async ({ correlationId }) => ok(correlationId));
    const answer = await handler(event, lambdaContext());
    expect(JSON.parse(answer.body)).toBe(event.requestContext.requestId);
    expect(answer.headers).toMatchObject({ "X-Correlation-Id": event.requestContext.requestId });
  });

  it("is API Gateway's request id where the caller has none", async () => {
    const event = apiEvent({ route: "GET /" });
    const handler = httpHandler(async ({ correlationId }) => ok(correlationId));
    const answer = await handler(event, lambdaContext());
    expect(JSON.parse(answer.body)).toBe(event.requestContext.requestId);
  });
});

describe("a path parameter", () => {
  const parameterOf = (thingId: string, change: Partial<APIGatewayProxyEvent> = {}) =>
    read((request) => request.pathParameter("thingId"), { pathParameters: { thingId } }, change);

  it.each([
    ["PROD-1", "PROD-1"],
    ["a%20b", "a b"],
    ["a+b", "a+b"],
    ["%F0%9F%90%8E", "🐎"],
    ["a%2Fb", "a/b"],
    ["%2525", "%25"],
  ])("is percent-decoded once: %s", async (encoded, decoded) => {
    expect(await parameterOf(encoded)).toMatchObject({ status: 200, read: decoded });
  });

  it.each(["%", "%zz", "abc%2", "%ff", "%C3%28"])(
    "answers 400 that names it, where it cannot be decoded: %s",
    async (encoded) => {
      expect(await parameterOf(encoded)).toMatchObject({
        status: 400,
        errors: [{ field: "thingId", message: "is not valid percent-encoding" }],
      });
    },
  );

  it("is an empty text where the route has no such parameter", async () => {
    expect(await read((request) => request.pathParameter("other"))).toMatchObject({ read: "" });
    expect(await parameterOf("", { pathParameters: null })).toMatchObject({ read: "" });
  });
});
