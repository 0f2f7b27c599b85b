import { afterEach, describe, expect, it, vi } from "vitest";
import { type IncomingRequest, proxyEvent, type Target } from "./event.ts";

afterEach(() => {
  vi.useRealTimers();
});

const identity = { accountId: "123456789012", region: "eu-west-1", stage: "v1" };

/** The event as the function gets it: through JSON. */
function eventOf(request: Partial<IncomingRequest> = {}, target: Partial<Target> = {}) {
  const event = proxyEvent(
    {
      method: "GET",
      path: "/v1/items",
      query: "",
      rawHeaders: [],
      body: null,
      sourceIp: "203.0.113.7",
      ...request,
    },
    { resource: "/items", path: "/items", pathParameters: {}, ...target },
    identity,
  );
  return JSON.parse(JSON.stringify(event));
}

const uuid = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
const traceId = expect.stringMatching(/^Root=1-[\da-f]{8}-[\da-f]{24}$/);

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
describe("the event of a request", () => {
  it("has every field that API Gateway sends, and null for what the request has not", () => {
    vi.useFakeTimers({ now: new Date("2026-11-02T08:04:01.234Z"), toFake: ["Date"] });
    const event = eventOf({ rawHeaders: ["Host", "api.example.com", "User-Agent", "curl/8"] });
    expect(event).toEqual({
      resource: "/items",
      path: "/items",
      httpMethod: "GET",
      headers: {
        Host: "api.example.com",
        "User-Agent": "curl/8",
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
        "X-Amzn-Trace-Id": traceId,
      },
      multiValueHeaders: {
        Host: ["api.example.com"],
        "User-Agent": ["curl/8"],
        "X-Forwarded-For": ["203.0.113.7"],
        "X-Forwarded-Port": ["443"],
        "X-Forwarded-Proto": ["https"],
        "X-Amzn-Trace-Id": [traceId],
      },
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      requestContext: {
        accountId: "123456789012",
        apiId: "local",
        deploymentId: "local",
        domainName: "api.example.com",
        domainPrefix: "api",
        extendedRequestId: expect.stringMatching(/^[\w+/-]{15}=$/),
        httpMethod: "GET",
        identity: {
          accessKey: null,
          accountId: null,
          caller: null,
          cognitoAuthenticationProvider: null,
          cognitoAuthenticationType: null,
          cognitoIdentityId: null,
          cognitoIdentityPoolId: null,
          principalOrgId: null,
          sourceIp: "203.0.113.7",
          user: null,
          userAgent: "curl/8",
          userArn: null,
        },
        path: "/v1/items",
        protocol: "HTTP/1.1",
        requestId: uuid,
        requestTime: "02/Nov/2026:08:04:01 +0000",
        requestTimeEpoch: Date.parse("2026-11-02T08:04:01.234Z"),
        resourceId: expect.any(String),
        resourcePath: "/items",
        stage: "v1",
      },
      body: null,
      isBase64Encoded: false,
    });
  });

  it.each([
    ["api.example.com", "api.example.com", "api"],
    ["API.example.com:443", "API.example.com", "API"],
    ["127.0.0.1:3000", "local.execute-api.eu-west-1.amazonaws.com", "local"],
    ["localhost:3000", "local.execute-api.eu-west-1.amazonaws.com", "local"],
    ["shop.localhost", "local.execute-api.eu-west-1.amazonaws.com", "local"],
    ["", "local.execute-api.eu-west-1.amazonaws.com", "local"],
  ])(
    "is of the domain that the caller asked, if an API could have it: %s",
    (host, name, prefix) => {
      const { requestContext } = eventOf({ rawHeaders: ["host", host] });
      expect(requestContext).toMatchObject({ domainName: name, domainPrefix: prefix });
    },
  );

  it("is of AWS's own domain where the caller names none", () => {
    expect(eventOf().requestContext.domainPrefix).toBe("local");
  });

  it("has null as the user agent where the caller does not name one", () => {
    expect(eventOf().requestContext.identity.userAgent).toBeNull();
  });

  it("says UTC in its time, whatever the hour", () => {
    vi.useFakeTimers({ now: new Date("2026-01-31T23:59:59Z"), toFake: ["Date"] });
    expect(eventOf().requestContext.requestTime).toBe("31/Jan/2026:23:59:59 +0000");
  });

  it("has ids of its own, and a trace id that starts with the time", () => {
    const [one, other] = [eventOf(), eventOf()];
    expect(one.requestContext.requestId).not.toBe(other.requestContext.requestId);
    expect(one.headers["X-Amzn-Trace-Id"]).not.toBe(other.headers["X-Amzn-Trace-Id"]);
    vi.useFakeTimers({ now: 0x5759e988 * 1000, toFake: ["Date"] });
    expect(eventOf().headers["X-Amzn-Trace-Id"]).toMatch(/^Root=1-5759e988-[\da-f]{24}$/);
  });

  it("has the path twice: without the stage, and as the caller wrote it", () => {
    const event = eventOf(
      { path: "/v1/test-path/" },
      { resource: "/{proxy+}", path: "/test-path/" },
    );
    expect(event).toMatchObject({
      resource: "/{proxy+}",
      path: "/test-path/",
      requestContext: { path: "/v1/test-path/", resourcePath: "/{proxy+}" },
    });
  });

  it("has path parameters as they stand in the path", () => {
    const pathParameters = { email: "test%2Balias@gmail.com" };
    expect(eventOf({}, { pathParameters })).toMatchObject({ pathParameters });
  });

  it("has bytes in base64, and says so", () => {
    expect(eventOf({ body: "/w==", isBase64Encoded: true })).toMatchObject({
      body: "/w==",
      isBase64Encoded: true,
    });
  });

  it("has the body as text", () => {
    expect(eventOf({ method: "POST", body: '{"a":"é"}' })).toMatchObject({
      httpMethod: "POST",
      body: '{"a":"é"}',
      isBase64Encoded: false,
    });
  });
});

describe("the query of an event", () => {
  it("has the last value of a parameter that stands twice, and all of them in the other map", () => {
    expect(eventOf({ query: "a=1&b=2&a=3" })).toMatchObject({
      queryStringParameters: { a: "3", b: "2" },
      multiValueQueryStringParameters: { a: ["1", "3"], b: ["2"] },
    });
  });

  it.each([
    ["a=1+2", { a: "1 2" }],
    ["a=1%2B2", { a: "1+2" }],
    ["a=%C3%A9%20%F0%9F%90%8E", { a: "é 🐎" }],
    ["na%20me=1", { "na me": "1" }],
    ["a=%2525", { a: "%25" }],
    ["a=b=c", { a: "b=c" }],
    ["a", { a: "" }],
    ["a=", { a: "" }],
    ["a=1&&b=2", { a: "1", b: "2" }],
    ["a=1;b=2", { a: "1", b: "2" }],
    ["a[]=1", { "a[]": "1" }],
    ["a=%zz", { a: "%zz" }],
    ["a=%ff", { a: "\ufffd" }],
    ["=1", { "": "1" }],
  ])("is decoded: %s", (query, expected) => {
    const event = eventOf({ query });
    expect(event.queryStringParameters).toEqual(expected);
    expect(event.multiValueQueryStringParameters).toEqual(
      Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, [value]])),
    );
  });

  it.each(["", "&", "&&"])("is null where it says nothing: %s", (query) => {
    expect(eventOf({ query })).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
    });
  });

  it("may have a parameter that is called __proto__", () => {
    const { queryStringParameters } = eventOf({ query: "__proto__=1" });
    expect(JSON.stringify(queryStringParameters)).toBe('{"__proto__":"1"}');
  });
});

describe("the headers of an event", () => {
  it("have the last value of a header that stands twice, and all of them in the other map", () => {
    expect(eventOf({ rawHeaders: ["X-Thing", "1", "Other", "x", "X-Thing", "2"] })).toMatchObject({
      headers: { "X-Thing": "2", Other: "x" },
      multiValueHeaders: { "X-Thing": ["1", "2"], Other: ["x"] },
    });
  });

  it("keep the case of the caller", () => {
    const { headers } = eventOf({ rawHeaders: ["tEsT-HEADeR", "1", "content-type", "text/plain"] });
    expect(headers).toMatchObject({ "tEsT-HEADeR": "1", "content-type": "text/plain" });
  });

  it("are one header where it is written in two ways, in the case that came first", () => {
    const event = eventOf({ rawHeaders: ["x-thing", "1", "X-THING", "2"] });
    expect(event.multiValueHeaders["x-thing"]).toEqual(["1", "2"]);
    expect(event.headers).not.toHaveProperty("X-THING");
  });

  it.each(["authorization", "AUTHORIZATION", "Authorization"])(
    "have the two that API Gateway reads in its own case: %s",
    (written) => {
      const rawHeaders = [written, "Bearer x", "uSER-agent", "curl"];
      const { headers, requestContext } = eventOf({ rawHeaders });
      expect(headers).toMatchObject({ Authorization: "Bearer x", "User-Agent": "curl" });
      expect(Object.keys(headers)).not.toContain("uSER-agent");
      expect(requestContext.identity.userAgent).toBe("curl");
    },
  );

  it.each([
    "Connection",
    "Content-Length",
    "Content-MD5",
    "Expect",
    "Max-Forwards",
    "Proxy-Authenticate",
    "Server",
    "TE",
    "Transfer-Encoding",
    "Trailer",
    "Upgrade",
    "WWW-Authenticate",
  ])("have no %s, which API Gateway keeps to itself", (name) => {
    const nothing = eventOf();
    for (const written of [name, name.toLowerCase(), name.toUpperCase()]) {
      const { headers, multiValueHeaders } = eventOf({ rawHeaders: [written, "x"] });
      expect(Object.keys(headers)).toEqual(Object.keys(nothing.headers));
      expect(Object.keys(multiValueHeaders)).toEqual(Object.keys(nothing.headers));
    }
  });

  it.each(["x-forwarded-for", "X-FORWARDED-FOR"])(
    "keep who has forwarded the request, and end with the caller's address: %s",
    (written) => {
      const rawHeaders = [written, "198.51.100.1, 198.51.100.2"];
      const { headers, multiValueHeaders } = eventOf({ rawHeaders });
      const expected = "198.51.100.1, 198.51.100.2, 203.0.113.7";
      expect(headers["X-Forwarded-For"]).toBe(expected);
      expect(multiValueHeaders["X-Forwarded-For"]).toEqual([expected]);
    },
  );

  it.each(["X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Amzn-Trace-Id"])(
    "are one header where the caller sends one that API Gateway adds: %s",
    (name) => {
      const { headers } = eventOf({ rawHeaders: [name.toLowerCase(), "1"] });
      expect(Object.keys(headers).toSorted()).toEqual(Object.keys(eventOf().headers).toSorted());
    },
  );

  it("may have one that is called __proto__", () => {
    const { headers } = eventOf({ rawHeaders: ["__proto__", "1"] });
    expect(JSON.stringify(headers)).toMatch(/^\{"__proto__":"1",/);
  });

  it.each(["Root=1-5759e988-bd862e3fe1be46a994272793", "root=1-5759e988-BD862e3fe1be46a994272793"])(
    "stay in the caller's trace: %s",
    (root) => {
      const { headers } = eventOf({ rawHeaders: ["X-Amzn-Trace-Id", `${root};Sampled=1`] });
      expect(headers["X-Amzn-Trace-Id"]).toBe(root);
    },
  );

  it.each(["1", "Root=1-2-3", "Self=1-5759e988-bd862e3fe1be46a994272793"])(
    "begin a trace where the caller's is none: %s",
    (value) => {
      expect(eventOf({ rawHeaders: ["X-Amzn-Trace-Id", value] }).headers).toMatchObject({
        "X-Amzn-Trace-Id": traceId,
      });
    },
  );

  it("say https and 443, as they do behind API Gateway", () => {
    expect(eventOf().headers).toMatchObject({
      "X-Forwarded-Proto": "https",
      "X-Forwarded-Port": "443",
      "X-Forwarded-For": "203.0.113.7",
    });
  });
});
