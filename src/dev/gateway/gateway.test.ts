import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiPlan, LocalGateway, report, routes } from "../../../test/local-gateway.ts";

let gateway: LocalGateway;

beforeEach(async () => {
  gateway = await LocalGateway.start();
});
afterEach(() => gateway.close());

describe("a request to a route", () => {
  it("goes to its function, and the function's answer comes back", async () => {
    gateway.returns({
      statusCode: 201,
      headers: { "Content-Type": "application/json", ETag: '"1"' },
      multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] },
      body: '{"name":"é"}',
    });
    const answer = await gateway.ask("POST /items?dry=1", {
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
    expect(gateway.invocations).toMatchObject([
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
    await gateway.ask("GET /items");
    expect(gateway.lastEvent).toMatchObject({ body: null, isBase64Encoded: false });
  });

  it("has the query as it came, also where it contains a question mark", async () => {
    await gateway.ask("GET /items?q=a?b&c=1+2");
    expect(gateway.lastEvent?.queryStringParameters).toEqual({ q: "a?b", c: "1 2" });
  });

  it("has path parameters that are not decoded", async () => {
    await gateway.ask("GET /items/test%2Balias@gmail.com/");
    expect(gateway.lastEvent).toMatchObject({
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
    await gateway.ask("POST /items", { headers, body: "{}" });
    const event = gateway.lastEvent;
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
    expect(await gateway.ask("GET /v1/items/7?a=1")).toMatchObject({ status: 200 });
    expect(gateway.lastEvent).toMatchObject({
      resource: "/items/{itemId}",
      path: "/items/7",
      pathParameters: { itemId: "7" },
      requestContext: { path: "/v1/items/7", resourcePath: "/items/{itemId}" },
    });
    await gateway.ask("GET /items/7");
    expect(gateway.lastEvent).toMatchObject({
      path: "/items/7",
      requestContext: { path: "/items/7" },
    });
  });

  it("is not robbed of a path that starts like the stage", async () => {
    await gateway.ask("GET /v1/inside");
    expect(gateway.invocations.at(-1)).toMatchObject({
      function: "staged",
      event: { path: "/v1/inside" },
    });
    await gateway.ask("GET /v1/v1/inside");
    expect(gateway.invocations.at(-1)).toMatchObject({
      function: "staged",
      event: { path: "/v1/inside" },
    });
  });

  it("has a path without the slashes that are doubled at its start", async () => {
    expect(await gateway.ask("GET //items")).toMatchObject({ status: 200 });
    expect(gateway.lastEvent).toMatchObject({
      path: "/items",
      requestContext: { path: "//items" },
    });
  });

  it("may be the root, which is the stage alone in the deployed URL", async () => {
    gateway.serves([["root", "GET /"]]);
    expect(await gateway.ask("GET /")).toMatchObject({ status: 200 });
    expect(await gateway.ask("GET /v1/")).toMatchObject({ status: 200 });
    expect(gateway.invocations.map(({ event }) => event.path)).toEqual(["/", "/"]);
  });

  it("may be the root, where the deployed URL has no slash at its end", async () => {
    gateway.serves([["root", "GET /"]]);
    expect(await gateway.ask("GET /v1")).toMatchObject({ status: 200 });
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
    expect(gateway.lastEvent?.body).toBe('{"a":"é"}');
  });

  describe("that breaks off in the middle", () => {
    beforeEach(async () => {
      const socket = await gateway.open();
      socket.write("POST /items HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n12");
      socket.destroySoon();
      await once(socket, "close");
      // By now the gateway has noticed, because it has done more since.
      for (let round = 0; round < 5; round++) await gateway.ask("GET /items");
    });

    it("does no harm to the next one", async () => {
      expect(await gateway.ask("GET /items")).toMatchObject({ status: 200 });
    });

    it("does not get to its function, which would take a part for the whole", () => {
      expect(gateway.invocations.map((one) => one.function)).not.toContain("create");
    });
  });

  it("gets its ids back", async () => {
    const { headers } = await gateway.ask("GET /items");
    const event = gateway.lastEvent;
    expect(headers).toMatchObject({
      "x-amzn-requestid": event?.requestContext.requestId,
      "x-amz-apigw-id": event?.requestContext.extendedRequestId,
      "x-amzn-trace-id": event?.headers["X-Amzn-Trace-Id"],
    });
  });

  it("hands its trace on to the function", async () => {
    await gateway.ask("GET /items");
    expect(gateway.invocations).toMatchObject([
      { request: { traceId: gateway.lastEvent?.headers["X-Amzn-Trace-Id"] } },
    ]);
  });

  it("stays in the trace that its caller names", async () => {
    const root = "Root=1-5759e988-bd862e3fe1be46a994272793";
    await gateway.ask("GET /items", {
      headers: { "x-amzn-trace-id": `Self=1-2;${root};Sampled=1` },
    });
    expect(gateway.invocations).toMatchObject([{ request: { traceId: root } }]);
  });

  it("is answered by what is served at that time", async () => {
    expect(await gateway.ask("GET /items")).toMatchObject({ status: 200 });
    gateway.serves([]);
    expect(await gateway.ask("GET /items")).toMatchObject({ status: 403 });
  });
});

describe("a function's answer", () => {
  it("has no body where its status is 204", async () => {
    gateway.returns({ statusCode: 204, body: "" });
    const answer = await gateway.ask("GET /items");
    expect(answer).toMatchObject({ status: 204, body: "" });
    // RFC 9110 forbids both, and some clients wait for the body that they announce.
    expect(answer.headers).not.toHaveProperty("transfer-encoding");
    expect(answer.headers).not.toHaveProperty("content-length");
  });

  it("has no body where the method is HEAD", async () => {
    gateway.returns({ statusCode: 200, body: "text" });
    expect(await gateway.ask("HEAD /items")).toMatchObject({ status: 200, body: "" });
    expect(gateway.invocations).toMatchObject([{ function: "head" }]);
  });

  it("keeps the order of the values of a header", async () => {
    gateway.returns({
      statusCode: 200,
      headers: { "X-Thing": "3" },
      multiValueHeaders: { "X-Thing": ["1", "2"] },
    });
    expect((await gateway.ask("GET /items")).headers["x-thing"]).toBe("1, 2, 3");
  });

  it("brings its own CORS headers, and gets none from the gateway", async () => {
    const { headers } = await gateway.ask("GET /items", {
      headers: { Origin: "https://a.example" },
    });
    expect(headers).not.toHaveProperty("access-control-allow-origin");
  });

  it.each([
    ["a name", { "a b": "c" }],
    ["a line break", { "X-Thing": "a\r\nSet-Cookie: b" }],
    ["a letter", { "X-Thing": "kůň" }],
  ])("becomes 502 where a header has %s that HTTP cannot carry", async (_, headers) => {
    gateway.returns({ statusCode: 200, headers, body: "secret" });
    const answer = await gateway.ask("GET /items");
    expect(answer).toMatchObject({
      status: 502,
      headers: { "x-amzn-errortype": "InternalServerErrorException" },
      body: '{"message": "Internal server error"}',
    });
    expect(answer.headers).not.toHaveProperty("set-cookie");
  });

  it("that becomes 502 for a header has CORS headers, as every answer", async () => {
    gateway.returns({ statusCode: 200, headers: { "a b": "c" } });
    expect(await gateway.ask("GET /items")).toMatchObject({
      headers: { "access-control-allow-origin": "*" },
    });
  });

  it("that becomes 502 for a header stands as 502 in the access log", async () => {
    gateway.returns({ statusCode: 200, headers: { "a b": "c" } });
    await gateway.ask("GET /items");
    expect(gateway.accesses).toMatchObject([{ status: 502 }]);
  });

  it("says nothing about the connection, which is the gateway's", async () => {
    const headers = {
      connection: "upgrade",
      "Content-Length": "1",
      Date: "now",
      server: "mine",
      "Transfer-Encoding": "chunked",
    };
    gateway.returns({ statusCode: 200, headers, body: "hello" });
    const answer = await gateway.ask("GET /items");
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
    gateway.fails();
    expect(await gateway.ask("GET /items")).toMatchObject({
      status: 502,
      headers: {
        "content-type": "application/json",
        "x-amzn-errortype": "InternalServerErrorException",
      },
      body: '{"message": "Internal server error"}',
    });
  });

  it("gives the request's id back, which the log has too", async () => {
    gateway.fails();
    const { headers } = await gateway.ask("GET /items");
    expect(headers["x-amzn-requestid"]).toBe(gateway.lastEvent?.requestContext.requestId);
    expect(headers).not.toHaveProperty("x-amzn-trace-id");
  });

  it.each([
    ["a text", "hello"],
    ["an unknown field", { statusCode: 200, wrongValue: 1 }],
    ["nothing", null],
  ])("answers 502 where it returns %s", async (_, value) => {
    gateway.returns(value);
    expect(await gateway.ask("GET /items")).toMatchObject({
      status: 502,
      body: '{"message": "Internal server error"}',
    });
  });
});

describe("a fault of our own", () => {
  it("answers 500 and says so, and the next request is answered", async () => {
    const sound = gateway.target;
    gateway.target = {
      ...sound,
      invoke: () => Promise.reject(new TypeError("a mistake")),
    };
    expect(await gateway.ask("GET /items")).toMatchObject({
      status: 500,
      headers: { "x-amzn-errortype": "InternalFailure" },
      body: expect.stringContaining("TypeError: a mistake"),
    });
    expect(gateway.accesses).toMatchObject([{ status: 500 }]);
    gateway.target = sound;
    expect(await gateway.ask("GET /items")).toMatchObject({ status: 200 });
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
    expect(await gateway.ask(asked, { body: asked.startsWith("GET") ? "" : "{}" })).toMatchObject({
      status: 403,
      headers: {
        "content-type": "application/json",
        "x-amzn-errortype": "MissingAuthenticationTokenException",
      },
      body: '{"message":"Missing Authentication Token"}',
    });
    expect(gateway.invocations).toEqual([]);
  });
});

describe("OPTIONS", () => {
  it.each(["/items", "/items/", "/v1/items"])(
    "is answered by the gateway itself: %s",
    async (path) => {
      const answer = await gateway.ask(`OPTIONS ${path}`, {
        headers: { Origin: "https://shop.example" },
      });
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
      expect(gateway.invocations).toEqual([]);
    },
  );

  it("names the methods of the path that is asked for", async () => {
    expect((await gateway.ask("OPTIONS /items/7")).headers["access-control-allow-methods"]).toBe(
      "GET,OPTIONS",
    );
  });

  it("names no method where the plan has none for the path", async () => {
    expect(await gateway.ask("OPTIONS /files/a/b")).toMatchObject({
      status: 200,
      headers: { "access-control-allow-methods": "" },
    });
  });

  it("lets in the origins of the plan, and no others", async () => {
    const allowOrigins = ["https://shop.example", "https://admin.example"];
    gateway.serves(routes, { cors: { ...apiPlan().cors, allowOrigins } });
    const originOf = async (Origin: string) =>
      (await gateway.ask("OPTIONS /items", { headers: { Origin } })).headers[
        "access-control-allow-origin"
      ];
    expect(await originOf("https://admin.example")).toBe("https://admin.example");
    expect(await originOf("https://evil.example")).toBeUndefined();
  });
});

describe("the access log", () => {
  it("says of each request what it asked, what it got and who answered", async () => {
    await gateway.ask("GET /v1/items?secret=1");
    await gateway.ask("GET /nothing");
    gateway.fails();
    await gateway.ask("POST /items");
    await gateway.ask("OPTIONS /items");
    const ours = { milliseconds: expect.any(Number), requestId: expect.any(String) };
    const lambdas = { ...ours, lambdaRequestId: report.requestId };
    expect(gateway.accesses).toEqual([
      { method: "GET", path: "/v1/items", status: 200, function: "list", ...lambdas },
      { method: "GET", path: "/nothing", status: 403, ...ours },
      { method: "POST", path: "/items", status: 502, function: "create", ...lambdas },
      { method: "OPTIONS", path: "/items", status: 200, ...ours },
    ]);
  });

  it("has the id that the caller got", async () => {
    const { headers } = await gateway.ask("GET /items");
    expect(gateway.accesses).toMatchObject([{ requestId: headers["x-amzn-requestid"] }]);
  });

  it("says how long a cold start took", async () => {
    gateway.returns({ statusCode: 200 }, { initMilliseconds: 61.5 });
    await gateway.ask("GET /items");
    expect(gateway.accesses).toMatchObject([{ initMilliseconds: 61.5 }]);
  });

  it("has no invocation where none was", async () => {
    gateway.refuses("throttled");
    await gateway.ask("GET /items");
    expect(gateway.accesses).toMatchObject([{ status: 429, function: "list" }]);
    expect(gateway.accesses[0]).not.toHaveProperty("lambdaRequestId");
  });
});
