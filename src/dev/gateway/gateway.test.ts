import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ApiPlan, RoutePlan } from "../../plan/index.ts";
import type { InvocationResult } from "../host/messages.ts";
import { type Access, createGateway, type GatewayTarget } from "./gateway.ts";
import { type Listening, listen } from "./listen.ts";
import { createRouter } from "./router.ts";

interface Invocation {
  readonly function: string;
  readonly event: APIGatewayProxyEvent;
}

let gateway: Listening;
let target: GatewayTarget;
let invocations: Invocation[];
let accesses: Access[];
/** What the function comes to. */
let result: InvocationResult;

const routes = [
  ["list", "GET /items"],
  ["create", "POST /items"],
  ["get", "GET /items/{itemId}"],
  ["head", "HEAD /items"],
  ["files", "GET /files/{proxy+}"],
  ["staged", "GET /v1/inside"],
] as const;

function targetOf(
  cors: Partial<ApiPlan["cors"]> = {},
  named: readonly (readonly [key: string, route: string])[] = routes,
) {
  const api: ApiPlan = {
    name: "api",
    stage: "v1",
    binaryMediaTypes: [],
    routes: named.map(([key, route]): RoutePlan => {
      const [method, path = ""] = route.split(" ");
      return {
        method: method as RoutePlan["method"],
        path,
        function: key,
        example: { pathParameters: {}, query: {}, body: null },
        from: `functions.${key}.routes[0]`,
      };
    }),
    preflights: [
      { path: "/items", allowMethods: ["GET", "POST", "HEAD", "OPTIONS"] },
      { path: "/items/{itemId}", allowMethods: ["GET", "OPTIONS"] },
    ],
    cors: {
      allowOrigins: ["*"],
      allowHeaders: ["Content-Type", "If-Match"],
      exposeHeaders: ["ETag"],
      maxAgeSeconds: 600,
      ...cors,
    },
    from: "api",
  };
  return {
    api,
    router: createRouter(api),
    identity: { accountId: "123456789012", region: "eu-west-1", stage: "v1" },
    async invoke(functionKey: string, payload: string) {
      invocations.push({ function: functionKey, event: JSON.parse(payload) });
      return result;
    },
  };
}

beforeEach(async () => {
  invocations = [];
  accesses = [];
  target = targetOf();
  returns({ statusCode: 200, body: "ok" });
  const server = createGateway(
    () => target,
    (access) => void accesses.push(access),
  );
  gateway = await listen(server, 0);
});
afterEach(() => gateway.close());

function returns(value: unknown): void {
  result = { ok: true, payload: JSON.stringify(value) };
}

function fails(): void {
  result = { ok: false, error: { errorType: "Error", errorMessage: "secret of the function" } };
}

interface Asked {
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

interface Answered {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: string[];
  readonly body: string;
}

/** Sends a request as it is: `fetch` would correct the path and refuse some headers. */
async function ask(asked: string, { headers = {}, body }: Asked = {}): Promise<Answered> {
  const [method, path = ""] = asked.split(" ");
  const call = request({
    host: "127.0.0.1",
    port: gateway.port,
    method,
    path,
    headers: { ...headers, ...(body && { "Content-Length": String(Buffer.byteLength(body)) }) },
    agent: false,
  });
  call.end(body);
  const [response] = (await once(call, "response")) as [IncomingMessage];
  const { statusCode, rawHeaders } = response;
  return {
    status: statusCode,
    headers: response.headers,
    rawHeaders,
    body: await text(response),
  };
}

const lastEvent = () => invocations.at(-1)?.event;

describe("a request to a route", () => {
  it("goes to its function, and the function's answer comes back", async () => {
    returns({
      statusCode: 201,
      headers: { "Content-Type": "application/json", ETag: '"1"' },
      multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] },
      body: '{"name":"é"}',
    });
    const answer = await ask("POST /items?dry=1", {
      headers: { "Content-Type": "application/json", "X-Thing": "yes" },
      body: '{"name":"Žluťoučký"}',
    });
    expect(answer).toMatchObject({
      status: 201,
      headers: {
        "content-type": "application/json",
        etag: '"1"',
        "set-cookie": ["a=1", "b=2"],
      },
      body: '{"name":"é"}',
    });
    expect(invocations).toMatchObject([
      {
        function: "create",
        event: {
          httpMethod: "POST",
          resource: "/items",
          path: "/items",
          body: '{"name":"Žluťoučký"}',
          headers: { "Content-Type": "application/json", "X-Thing": "yes" },
          queryStringParameters: { dry: "1" },
          requestContext: { accountId: "123456789012", stage: "v1" },
        },
      },
    ]);
  });

  it("has null as its body where it has none", async () => {
    await ask("GET /items");
    expect(lastEvent()).toMatchObject({ body: null, isBase64Encoded: false });
  });

  it("has the query as it came, also where it contains a question mark", async () => {
    await ask("GET /items?q=a?b&c=1+2");
    expect(lastEvent()?.queryStringParameters).toEqual({ q: "a?b", c: "1 2" });
  });

  it("has path parameters that are not decoded", async () => {
    await ask("GET /items/test%2Balias@gmail.com/");
    expect(lastEvent()).toMatchObject({
      resource: "/items/{itemId}",
      path: "/items/test%2Balias@gmail.com/",
      pathParameters: { itemId: "test%2Balias@gmail.com" },
    });
  });

  it("has the headers as they came, without those that API Gateway keeps to itself", async () => {
    const headers = {
      "tEsT-HEADeR": "1",
      authorization: "Bearer x",
      "x-many": ["1", "2"],
      TE: "trailers",
    };
    await ask("POST /items", { headers, body: "{}" });
    const event = lastEvent();
    expect(event?.headers).toMatchObject({
      "tEsT-HEADeR": "1",
      Authorization: "Bearer x",
      "x-many": "2",
      "X-Forwarded-For": "127.0.0.1",
    });
    expect(event?.multiValueHeaders["x-many"]).toEqual(["1", "2"]);
    const names = Object.keys(event?.headers ?? {}).map((name) => name.toLowerCase());
    for (const name of ["te", "content-length", "connection"]) expect(names).not.toContain(name);
  });

  it("works with the stage in front, and the event says so", async () => {
    expect(await ask("GET /v1/items/7?a=1")).toMatchObject({ status: 200 });
    expect(lastEvent()).toMatchObject({
      resource: "/items/{itemId}",
      path: "/items/7",
      pathParameters: { itemId: "7" },
      requestContext: { path: "/v1/items/7", resourcePath: "/items/{itemId}" },
    });
    await ask("GET /items/7");
    expect(lastEvent()).toMatchObject({ path: "/items/7", requestContext: { path: "/items/7" } });
  });

  it("is not robbed of a path that starts like the stage", async () => {
    await ask("GET /v1/inside");
    expect(invocations.at(-1)).toMatchObject({ function: "staged", event: { path: "/v1/inside" } });
    await ask("GET /v1/v1/inside");
    expect(invocations.at(-1)).toMatchObject({ function: "staged", event: { path: "/v1/inside" } });
  });

  it("has a path without the slashes that are doubled at its start", async () => {
    expect(await ask("GET //items")).toMatchObject({ status: 200 });
    expect(lastEvent()).toMatchObject({ path: "/items", requestContext: { path: "//items" } });
  });

  it("may be the root, which is the stage alone in the deployed URL", async () => {
    target = targetOf({}, [["root", "GET /"]]);
    expect(await ask("GET /")).toMatchObject({ status: 200 });
    expect(await ask("GET /v1/")).toMatchObject({ status: 200 });
    expect(invocations.map(({ event }) => event.path)).toEqual(["/", "/"]);
  });

  it("may be the root, where the deployed URL has no slash at its end", async () => {
    target = targetOf({}, [["root", "GET /"]]);
    expect(await ask("GET /v1")).toMatchObject({ status: 200 });
  });

  it("may have a body of 10 MB, and one byte more answers 413", async () => {
    const largest = Buffer.alloc(10 * 1024 * 1024, "a");
    expect(await ask("POST /items", { body: largest })).toMatchObject({ status: 200 });
    expect(lastEvent()?.body).toHaveLength(largest.length);
    const tooLarge = Buffer.concat([largest, Buffer.from("a")]);
    expect(await ask("POST /items", { body: tooLarge })).toMatchObject({
      status: 413,
      headers: { "x-amzn-errortype": "RequestTooLargeException" },
      body: '{"message":"Request Too Long"}',
    });
    expect(invocations).toHaveLength(1);
  });

  it("may come in pieces", async () => {
    const call = request({
      host: "127.0.0.1",
      port: gateway.port,
      method: "POST",
      path: "/items",
      agent: false,
    });
    const [before, after] = [Buffer.from('{"a":"é"}').subarray(0, 7), Buffer.from('{"a":"é"}')];
    call.write(before);
    call.end(after.subarray(7));
    const [response] = (await once(call, "response")) as [IncomingMessage];
    await text(response);
    expect(lastEvent()?.body).toBe('{"a":"é"}');
  });

  describe("that breaks off in the middle", () => {
    beforeEach(async () => {
      const socket = connect(gateway.port, "127.0.0.1");
      socket.write("POST /items HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n12");
      socket.destroySoon();
      await once(socket, "close");
      // By now the gateway has noticed, because it has done more since.
      for (let round = 0; round < 5; round++) await ask("GET /items");
    });

    it("does no harm to the next one", async () => {
      expect(await ask("GET /items")).toMatchObject({ status: 200 });
    });

    it("does not get to its function, which would take a part for the whole", () => {
      expect(invocations.map((one) => one.function)).not.toContain("create");
    });
  });

  it("gets its ids back", async () => {
    const { headers } = await ask("GET /items");
    const event = lastEvent();
    expect(headers).toMatchObject({
      "x-amzn-requestid": event?.requestContext.requestId,
      "x-amzn-trace-id": event?.headers["X-Amzn-Trace-Id"],
    });
  });

  it("is answered by what is served at that time", async () => {
    expect(await ask("GET /items")).toMatchObject({ status: 200 });
    target = targetOf({}, []);
    expect(await ask("GET /items")).toMatchObject({ status: 403 });
  });
});

describe("a function's answer", () => {
  it("has no body where its status is 204", async () => {
    returns({ statusCode: 204, body: "" });
    const answer = await ask("GET /items");
    expect(answer).toMatchObject({ status: 204, body: "" });
    // RFC 9110 forbids both, and some clients wait for the body that they announce.
    expect(answer.headers).not.toHaveProperty("transfer-encoding");
    expect(answer.headers).not.toHaveProperty("content-length");
  });

  it("has no body where the method is HEAD", async () => {
    returns({ statusCode: 200, body: "text" });
    expect(await ask("HEAD /items")).toMatchObject({ status: 200, body: "" });
    expect(invocations).toMatchObject([{ function: "head" }]);
  });

  it("keeps the order of the values of a header", async () => {
    returns({
      statusCode: 200,
      headers: { "X-Thing": "3" },
      multiValueHeaders: { "X-Thing": ["1", "2"] },
    });
    expect((await ask("GET /items")).headers["x-thing"]).toBe("1, 2, 3");
  });

  it("brings its own CORS headers, and gets none from the gateway", async () => {
    const { headers } = await ask("GET /items", { headers: { Origin: "https://a.example" } });
    expect(headers).not.toHaveProperty("access-control-allow-origin");
  });

  it.each([
    ["a name", { "a b": "c" }],
    ["a line break", { "X-Thing": "a\r\nSet-Cookie: b" }],
    ["a letter", { "X-Thing": "kůň" }],
  ])("becomes 502 where a header has %s that HTTP cannot carry", async (_, headers) => {
    returns({ statusCode: 200, headers, body: "secret" });
    const answer = await ask("GET /items");
    expect(answer).toMatchObject({
      status: 502,
      headers: { "x-amzn-errortype": "InternalServerErrorException" },
      body: '{"message":"Internal server error"}',
    });
    expect(answer.headers).not.toHaveProperty("set-cookie");
  });

  it("that becomes 502 for a header has CORS headers, as every answer", async () => {
    returns({ statusCode: 200, headers: { "a b": "c" } });
    expect(await ask("GET /items")).toMatchObject({
      headers: { "access-control-allow-origin": "*" },
    });
  });

  it("that becomes 502 for a header stands as 502 in the access log", async () => {
    returns({ statusCode: 200, headers: { "a b": "c" } });
    await ask("GET /items");
    expect(accesses).toMatchObject([{ status: 502 }]);
  });

  it("says nothing about the connection, which is the gateway's", async () => {
    const headers = {
      connection: "upgrade",
      "Content-Length": "1",
      Date: "now",
      server: "mine",
      "Transfer-Encoding": "chunked",
    };
    returns({ statusCode: 200, headers, body: "hello" });
    const answer = await ask("GET /items");
    expect(answer).toMatchObject({
      headers: {
        "content-length": "5",
        "x-amzn-remapped-connection": "upgrade",
        "x-amzn-remapped-content-length": "1",
        "x-amzn-remapped-date": "now",
        "x-amzn-remapped-server": "mine",
      },
      body: "hello",
    });
    expect(answer.headers).not.toHaveProperty("transfer-encoding");
    expect(answer.headers).not.toHaveProperty("server");
  });
});

describe("a function that fails", () => {
  it("answers 502, and tells the caller nothing", async () => {
    fails();
    expect(await ask("GET /items")).toMatchObject({
      status: 502,
      headers: {
        "content-type": "application/json",
        "x-amzn-errortype": "InternalServerErrorException",
      },
      body: '{"message":"Internal server error"}',
    });
  });

  it("gives the request's id back, which the log has too", async () => {
    fails();
    const { headers } = await ask("GET /items");
    expect(headers["x-amzn-requestid"]).toBe(lastEvent()?.requestContext.requestId);
    expect(headers).not.toHaveProperty("x-amzn-trace-id");
  });

  it.each([
    ["a text", "hello"],
    ["an unknown field", { statusCode: 200, wrongValue: 1 }],
    ["nothing", null],
  ])("answers 502 where it returns %s", async (_, value) => {
    returns(value);
    expect(await ask("GET /items")).toMatchObject({
      status: 502,
      body: '{"message":"Internal server error"}',
    });
  });
});

describe("a fault of our own", () => {
  it("answers 500 and says so, and the next request is answered", async () => {
    const sound = target;
    target = {
      ...sound,
      invoke: () => Promise.reject(new TypeError("a mistake")),
    };
    expect(await ask("GET /items")).toMatchObject({
      status: 500,
      headers: { "x-amzn-errortype": "InternalFailure" },
      body: expect.stringContaining("TypeError: a mistake"),
    });
    expect(accesses).toMatchObject([{ status: 500 }]);
    target = sound;
    expect(await ask("GET /items")).toMatchObject({ status: 200 });
  });
});

describe("a request that no route is there for", () => {
  it.each([
    "GET /nothing",
    "DELETE /items",
    "PATCH /items/7",
    "GET /",
    "GET /v1",
    "OPTIONS /nothing",
  ])("answers 403, as API Gateway does: %s", async (asked) => {
    expect(await ask(asked, { body: asked.startsWith("GET") ? "" : "{}" })).toMatchObject({
      status: 403,
      headers: {
        "content-type": "application/json",
        "x-amzn-errortype": "MissingAuthenticationTokenException",
      },
      body: '{"message":"Missing Authentication Token"}',
    });
    expect(invocations).toEqual([]);
  });
});

describe("OPTIONS", () => {
  it.each(["/items", "/items/", "/v1/items"])(
    "is answered by the gateway itself: %s",
    async (path) => {
      const answer = await ask(`OPTIONS ${path}`, { headers: { Origin: "https://shop.example" } });
      expect(answer).toMatchObject({
        status: 200,
        headers: {
          "access-control-allow-origin": "*",
          "access-control-allow-methods": "GET,POST,HEAD,OPTIONS",
          "access-control-allow-headers": "Content-Type,If-Match",
          "access-control-max-age": "600",
        },
        body: "",
      });
      expect(invocations).toEqual([]);
    },
  );

  it("names the methods of the path that is asked for", async () => {
    expect((await ask("OPTIONS /items/7")).headers["access-control-allow-methods"]).toBe(
      "GET,OPTIONS",
    );
  });

  it("names no method where the plan has none for the path", async () => {
    expect(await ask("OPTIONS /files/a/b")).toMatchObject({
      status: 200,
      headers: { "access-control-allow-methods": "" },
    });
  });

  it("lets in the origins of the plan, and no others", async () => {
    target = targetOf({ allowOrigins: ["https://shop.example", "https://admin.example"] });
    const originOf = async (Origin: string) =>
      (await ask("OPTIONS /items", { headers: { Origin } })).headers["access-control-allow-origin"];
    expect(await originOf("https://admin.example")).toBe("https://admin.example");
    expect(await originOf("https://evil.example")).toBeUndefined();
  });
});

describe("the gateway's own answers", () => {
  const answers: [string, () => Promise<Answered>][] = [
    ["403", () => ask("GET /nothing", { headers: { Origin: "https://shop.example" } })],
    [
      "413",
      () =>
        ask("POST /items", {
          headers: { Origin: "https://shop.example" },
          body: Buffer.alloc(10 * 1024 * 1024 + 1),
        }),
    ],
    [
      "502",
      () => {
        fails();
        return ask("GET /items", { headers: { Origin: "https://shop.example" } });
      },
    ],
  ];

  it.each(answers)("have CORS headers, or a page could not read them: %s", async (status, call) => {
    const answer = await call();
    expect(answer.status).toBe(Number(status));
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
  });

  it.each(answers)("name the origin where the plan lists it: %s", async (_, call) => {
    target = targetOf({ allowOrigins: ["https://shop.example"] });
    expect((await call()).headers["access-control-allow-origin"]).toBe("https://shop.example");
  });

  it.each(answers)("name no origin where the plan does not list it: %s", async (_, call) => {
    target = targetOf({ allowOrigins: ["https://other.example"] });
    expect((await call()).headers).not.toHaveProperty("access-control-allow-origin");
  });
});

describe("the access log", () => {
  it("says of each request what it asked, what it got and who answered", async () => {
    await ask("GET /v1/items?secret=1");
    await ask("GET /nothing");
    fails();
    await ask("POST /items");
    await ask("OPTIONS /items");
    const milliseconds = expect.any(Number);
    expect(accesses).toEqual([
      { method: "GET", path: "/v1/items", status: 200, milliseconds, function: "list" },
      { method: "GET", path: "/nothing", status: 403, milliseconds },
      { method: "POST", path: "/items", status: 502, milliseconds, function: "create" },
      { method: "OPTIONS", path: "/items", status: 200, milliseconds },
    ]);
  });
});
