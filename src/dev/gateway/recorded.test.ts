import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { apiPlan, LocalGateway, type Routes } from "../../../test/local-gateway.ts";

/**
 * What AWS itself was seen to do, as a table of cases. The values are facts out of answers of AWS that
 * other projects recorded.
 *
 * @see https://github.com/localstack/localstack/tree/main/tests/aws/services/apigateway `*.snapshot.json`
 * @see https://github.com/koki-develop/lgtm-generator/issues/10 both answers with 413
 */
let gateway: LocalGateway;

beforeAll(async () => {
  gateway = await LocalGateway.start();
});
beforeEach(() => {
  gateway.serves(routes);
  gateway.returns({ statusCode: 200, body: "" });
});
afterAll(() => gateway.close());

const routes: Routes = [
  ["hardcoded", "GET /hardcoded"],
  ["variable", "POST /variable/{pathVariable}"],
  ["proxy", "GET /{proxy+}"],
  ["proxy", "POST /{proxy+}"],
];

describe("an event's paths, where the request is", () => {
  const email = "proxy-value/api/user/test%2Balias@gmail.com/plus/test+alias@gmail.com";
  it.each([
    ["plain", "/v1/proxy-value", "/proxy-value", "/v1/proxy-value", "proxy-value"],
    [
      "with a slash at its end",
      "/v1/proxy-value/",
      "/proxy-value/",
      "/v1/proxy-value/",
      "proxy-value",
    ],
    [
      "with a doubled slash inside",
      "/v1/proxy-value//double-slash",
      "/proxy-value//double-slash",
      "/v1/proxy-value//double-slash",
      "proxy-value//double-slash",
    ],
    [
      "with a doubled slash before the stage",
      "//v1/proxy-value",
      "/proxy-value",
      "/v1/proxy-value",
      "proxy-value",
    ],
    [
      "with a doubled slash after the stage",
      "/v1//proxy-value",
      "/proxy-value",
      "/v1//proxy-value",
      "proxy-value",
    ],
    ["percent-encoded", `/v1/${email}`, `/${email}`, `/v1/${email}`, email],
  ])("%s", async (_, asked, path, contextPath, proxy) => {
    await gateway.ask(`GET ${asked}`);
    expect(gateway.lastEvent).toMatchObject({
      resource: "/{proxy+}",
      path,
      pathParameters: { proxy },
      requestContext: { path: contextPath, resourcePath: "/{proxy+}", stage: "v1" },
    });
  });

  it("of a route without parameters, with a doubled slash", async () => {
    await gateway.ask("GET /v1//hardcoded");
    expect(gateway.lastEvent).toMatchObject({
      resource: "/hardcoded",
      path: "/hardcoded",
      pathParameters: null,
      requestContext: { path: "/v1//hardcoded", resourcePath: "/hardcoded" },
    });
  });

  it("of a domain of its own, without the stage", async () => {
    await gateway.ask("GET /proxy-value/v1");
    expect(gateway.lastEvent).toMatchObject({
      path: "/proxy-value/v1",
      pathParameters: { proxy: "proxy-value/v1" },
      requestContext: { path: "/proxy-value/v1" },
    });
  });
});

describe("an event's query", () => {
  it("is decoded, with a plus as a space", async () => {
    await gateway.ask(
      "GET /v1/proxy-value/api?whitespace=foo%20bar&zhash=abort/&url=https%3A%2F%2Fwww.google.com%2F" +
        "&plus=test+alias@gmail.com&email=test%2Balias@gmail.com&dateTimeOffset=2023-06-12T18:05:10.123456+00:00",
    );
    const values = {
      dateTimeOffset: "2023-06-12T18:05:10.123456 00:00",
      email: "test+alias@gmail.com",
      plus: "test alias@gmail.com",
      url: "https://www.google.com/",
      whitespace: "foo bar",
      zhash: "abort/",
    };
    expect(gateway.lastEvent?.queryStringParameters).toEqual(values);
    expect(gateway.lastEvent?.multiValueQueryStringParameters).toEqual(
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]])),
    );
  });

  it("has the last of several values, and all of them", async () => {
    await gateway.ask(
      "POST /v1/proxy-value?category=electronics&category=books&price=10&price=20&price=30",
      { body: '{"message":"hello world"}' },
    );
    expect(gateway.lastEvent).toMatchObject({
      queryStringParameters: { category: "books", price: "30" },
      multiValueQueryStringParameters: {
        category: ["electronics", "books"],
        price: ["10", "20", "30"],
      },
      body: '{"message":"hello world"}',
      isBase64Encoded: false,
    });
  });
});

describe("an event's headers", () => {
  /** Every header that HTTP knows, as the recorded request had it. */
  const sent = {
    Accept: "application/json",
    "Accept-Charset": "UTF-8",
    "Accept-Encoding": "br",
    Age: "request_Age",
    Authorization: "Unauthorized",
    "Content-Encoding": "deflate",
    "Content-Type": "application/json",
    Date: "Thu, 14 Mar 2024 10:00:00 GMT",
    Pragma: "cache",
    Range: "bytes=500-999",
    Referer: "https://example.com/",
    "User-Agent": "localStack/0.0",
    Via: "1.1 example",
    Warn: "299 localStack/0.0",
  };
  const notPassedOn = {
    Connection: "close",
    "Content-MD5": "request_md5",
    "Max-Forwards": "5",
    "Proxy-Authenticate": "basic",
    Server: "request_server",
    TE: "trailers",
    Upgrade: "h2c",
    "WWW-Authenticate": "basic",
  };

  it("are the caller's but for those between the caller and the gateway, and some that it adds", async () => {
    await gateway.ask("GET /v1/proxy-value", {
      headers: { Host: "api.example.com", ...sent, ...notPassedOn },
    });
    expect(gateway.lastEvent?.headers).toEqual({
      ...sent,
      Host: "api.example.com",
      "X-Amzn-Trace-Id": expect.any(String),
      "X-Forwarded-For": "127.0.0.1",
      "X-Forwarded-Port": "443",
      "X-Forwarded-Proto": "https",
    });
  });

  it("keep the caller's case, but for two", async () => {
    await gateway.ask("GET /v1/proxy-value", {
      headers: { "tEsT-HEADeR": "aValUE", authorization: "random-value", "user-agent": "python" },
    });
    expect(gateway.lastEvent?.headers).toMatchObject({
      "tEsT-HEADeR": "aValUE",
      Authorization: "random-value",
      "User-Agent": "python",
    });
  });

  it("have a host that is the event's domain too", async () => {
    await gateway.ask("GET /v1/proxy-value", {
      headers: { Host: "abc123.execute-api.us-east-1.amazonaws.com" },
    });
    expect(gateway.lastEvent?.requestContext).toMatchObject({
      domainName: "abc123.execute-api.us-east-1.amazonaws.com",
      domainPrefix: "abc123",
    });
  });
});

describe("what is absent from a request", () => {
  it("is null in its event, and there is nothing in it beside the 12 fields and 16 of its context", async () => {
    await gateway.ask("GET /v1/hardcoded");
    expect(Object.keys(gateway.lastEvent ?? {}).toSorted()).toEqual([
      "body",
      "headers",
      "httpMethod",
      "isBase64Encoded",
      "multiValueHeaders",
      "multiValueQueryStringParameters",
      "path",
      "pathParameters",
      "queryStringParameters",
      "requestContext",
      "resource",
      "stageVariables",
    ]);
    expect(gateway.lastEvent).toMatchObject({
      body: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      queryStringParameters: null,
      stageVariables: null,
    });
    expect(Object.keys(gateway.lastEvent?.requestContext ?? {}).toSorted()).toEqual([
      "accountId",
      "apiId",
      "deploymentId",
      "domainName",
      "domainPrefix",
      "extendedRequestId",
      "httpMethod",
      "identity",
      "path",
      "protocol",
      "requestId",
      "requestTime",
      "requestTimeEpoch",
      "resourceId",
      "resourcePath",
      "stage",
    ]);
    const { sourceIp, userAgent, ...identity } = gateway.lastEvent?.requestContext.identity ?? {};
    expect(Object.keys(identity)).toHaveLength(10);
    expect(new Set(Object.values(identity))).toEqual(new Set([null]));
  });
});

describe("what a function returns", () => {
  const failure = {
    status: 502,
    headers: {
      "content-type": "application/json",
      "x-amzn-errortype": "InternalServerErrorException",
    },
    body: '{"message": "Internal server error"}',
  };
  it.each([
    ["only a status", { statusCode: 200 }, { status: 200, body: "" }],
    [
      "a header that is true",
      { statusCode: 200, headers: { "test-header": "value", "header-bool": true } },
      { status: 200, headers: { "test-header": "value", "header-bool": "true" } },
    ],
    [
      "no headers",
      { statusCode: 200, headers: null },
      { status: 200, headers: { "content-type": "application/json", "content-length": "0" } },
    ],
    ["a field that is unknown", { statusCode: 200, wrongValue: "value" }, failure],
    [
      "base64, where no media type is binary",
      { statusCode: 200, body: "dGVzdC1kYXRh", isBase64Encoded: true },
      { status: 200, body: "dGVzdC1kYXRh" },
    ],
    [
      "base64 that it does not call so",
      { statusCode: 200, body: "dGVzdC1kYXRh" },
      { body: "dGVzdC1kYXRh" },
    ],
    [
      "a header with two values",
      { statusCode: 200, multiValueHeaders: { "test-multi": ["value1", "value2"] } },
      { headers: { "test-multi": "value1, value2" } },
    ],
    [
      "a header in both maps",
      {
        statusCode: 200,
        multiValueHeaders: { "test-multi": ["value-multi"] },
        headers: { "test-multi": "value-solo" },
      },
      { headers: { "test-multi": "value-multi, value-solo" } },
    ],
    [
      "a list of values that is none",
      { statusCode: 200, multiValueHeaders: { "test-multi-invalid": "value1" } },
      failure,
    ],
    ["a status in words", { statusCode: "test" }, failure],
    ["a status as a text", { statusCode: "201" }, { status: 201, body: "" }],
    ["a text", "justAString", failure],
    ["only headers", { headers: { "test-header": "value" } }, { status: 200, body: "" }],
  ])("becomes an answer: %s", async (_, value, expected) => {
    gateway.returns(value);
    expect(await gateway.ask("POST /v1/test")).toMatchObject(expected);
  });

  it("has a header's case as multiValueHeaders writes it", async () => {
    gateway.returns({
      statusCode: 200,
      multiValueHeaders: { "tesT-Multi": ["value-multi"] },
      headers: { "test-multi": "value-solo" },
    });
    const { rawHeaders } = await gateway.ask("POST /v1/test");
    expect(rawHeaders.filter((one) => one.toLowerCase() === "test-multi")).toEqual([
      "tesT-Multi",
      "tesT-Multi",
    ]);
  });

  it("has no more headers than its own and the ids of the request", async () => {
    const { rawHeaders } = await gateway.ask("POST /v1/test");
    const names = rawHeaders.filter((_, position) => position % 2 === 0);
    expect(names.toSorted()).toEqual([
      "Connection",
      "Content-Length",
      "Content-Type",
      "Date",
      "X-Amzn-Trace-Id",
      "x-amz-apigw-id",
      "x-amzn-RequestId",
    ]);
  });
});

describe("a request that gets no function's answer", () => {
  it.each([
    ["an unknown route", "GET /v1/nothing"],
    ["an unknown method", "PUT /v1/hardcoded"],
    ["HEAD, which GET does not imply", "HEAD /v1/hardcoded"],
  ])("is one of %s", async (_, asked) => {
    gateway.serves([["hardcoded", "GET /hardcoded"]]);
    const answer = await gateway.ask(asked);
    expect(answer).toMatchObject({
      status: 403,
      headers: {
        "content-length": "42",
        "x-amzn-errortype": "MissingAuthenticationTokenException",
        "x-amzn-requestid": expect.any(String),
        "x-amz-apigw-id": expect.any(String),
      },
      body: asked.startsWith("HEAD") ? "" : '{"message":"Missing Authentication Token"}',
    });
    expect(answer.headers).not.toHaveProperty("x-amzn-trace-id");
  });

  it("is one whose function fails: with ids, and without a trace", async () => {
    gateway.fails();
    const { headers } = await gateway.ask("GET /v1/hardcoded");
    expect(headers).toMatchObject({
      "content-length": "36",
      "x-amzn-requestid": expect.any(String),
      "x-amz-apigw-id": expect.any(String),
    });
    expect(headers).not.toHaveProperty("x-amzn-trace-id");
  });

  it("is a preflight, which has ids, and no trace", async () => {
    const { headers } = await gateway.ask("OPTIONS /v1/hardcoded");
    expect(headers).toMatchObject({
      "x-amzn-requestid": expect.any(String),
      "x-amz-apigw-id": expect.any(String),
    });
    expect(headers).not.toHaveProperty("x-amzn-trace-id");
  });
});

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html */
describe("bytes in an answer", () => {
  const png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/wIAAgkBAyMAlYwAAAAASUVORK5CYII=";

  async function areBytes(
    binaryMediaTypes: readonly string[],
    accept: string | undefined,
    type = "image/png",
  ): Promise<boolean> {
    gateway.serves(routes, { ...apiPlan(routes), binaryMediaTypes });
    const headers = { "Content-Type": type, "Cache-Control": "no-cache" };
    gateway.returns({ statusCode: 200, headers, body: png, isBase64Encoded: true });
    const answer = await gateway.ask("POST /v1/test", {
      headers: accept === undefined ? {} : { Accept: accept },
    });
    expect(answer.status).toBe(200);
    if (answer.body === png) return false;
    expect(answer.bytes).toEqual(Buffer.from(png, "base64"));
    return true;
  }

  it.each([
    [[], "image/png", false],
    [["image/png"], "image/png", true],
    [["image/png"], "image/jpg", false],
    [["image/png"], "image/*", false],
    [["image/png"], "*/*", false],
    [["image/png", "*/test"], "*/test", false],
    [["image/png", "*/test"], "random/test", false],
    [["image/png"], "image/webp,image/png,*/*;q=0.8", false],
    [["image/png"], "image/png,image/*,*/*;q=0.8", true],
    [["image/png"], "image/png;q=0.8", true],
    [["image/png"], "application", false],
    [["image/png"], undefined, false],
    [["application/*"], "application/whatever", true],
    [["application/*"], "application/*", true],
    [["application/*"], "application", false],
    [["application/*"], "applications/x", false],
    [["*/*"], "text/html", true],
    [["*/*"], undefined, true],
  ] as const)(
    "of an API whose binary types are %j, for who accepts %s: %s",
    async (types, accept, expected) => {
      expect(await areBytes(types, accept)).toBe(expected);
    },
  );

  it("do not depend on the type that the function names", async () => {
    for (const type of ["image/jpg", "text/plain"]) {
      expect(await areBytes(["image/png"], "image/png", type)).toBe(true);
    }
  });

  it("are text where the function does not call them base64", async () => {
    gateway.serves(routes, { ...apiPlan(routes), binaryMediaTypes: ["image/png"] });
    gateway.returns({ statusCode: 200, body: png, isBase64Encoded: false });
    const headers = { Accept: "image/png" };
    expect(await gateway.ask("POST /v1/test", { headers })).toMatchObject({ body: png });
  });

  it("are refused with 500 where the base64 is none", async () => {
    gateway.serves(routes, { ...apiPlan(routes), binaryMediaTypes: ["image/png"] });
    gateway.returns({ statusCode: 200, body: "èé+à)(", isBase64Encoded: true });
    const headers = { Accept: "image/png" };
    expect(await gateway.ask("POST /v1/test", { headers })).toMatchObject({ status: 500 });
  });
});

describe("bytes in a request", () => {
  const bytes = Buffer.from([0xff, 0x20, 0xaa, 0x20, 0x11]);

  it.each([
    [["image/png"], "image/png"],
    [["image/png"], "IMAGE/PNG; charset=binary"],
    [["image/*"], "image/webp"],
    [["*/*"], "application/json"],
    [["*/*"], undefined],
  ])(
    "of an API whose binary types are %j are base64 in the event of %s",
    async (binaryMediaTypes, type) => {
      gateway.serves(routes, { ...apiPlan(routes), binaryMediaTypes });
      await gateway.ask("POST /v1/test", {
        headers: type === undefined ? {} : { "Content-Type": type },
        body: bytes,
      });
      expect(gateway.lastEvent).toMatchObject({ body: "/yCqIBE=", isBase64Encoded: true });
    },
  );

  it.each([
    [[], "image/png"],
    [["image/png"], "text/plain"],
    [["image/png"], undefined],
  ])(
    "of an API whose binary types are %j are text in the event of %s",
    async (binaryMediaTypes, type) => {
      gateway.serves(routes, { ...apiPlan(routes), binaryMediaTypes });
      await gateway.ask("POST /v1/test", {
        headers: type === undefined ? {} : { "Content-Type": type },
        body: "é",
      });
      expect(gateway.lastEvent).toMatchObject({ body: "é", isBase64Encoded: false });
    },
  );

  it("that are none are null", async () => {
    gateway.serves(routes, { ...apiPlan(routes), binaryMediaTypes: ["*/*"] });
    await gateway.ask("POST /v1/test");
    expect(gateway.lastEvent).toMatchObject({ body: null, isBase64Encoded: false });
  });
});
