import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RouteAuthVariable } from "../names.ts";
import { apiEvent, lambdaContext } from "../testing/index.ts";
import { type Caller, HttpError, httpHandler, noContent, ok } from "./index.ts";

const issuer = "https://id.example.com";
const auth: RouteAuthVariable = {
  issuer,
  routes: {
    "GET /things": "none",
    "PUT /things/{thingId}": "iam",
    "POST /things": ["things:write", "things:read"],
  },
};
const later = String(Math.floor(Date.now() / 1000) + 600);
const good = { sub: "user-1", iss: issuer, exp: later, scope: "things:read things:write x" };

let output: string;
let reached: (Caller | null)[];
beforeEach(() => {
  [output, reached] = ["", []];
  vi.stubEnv("ROUTE_AUTH", JSON.stringify(auth));
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const handler = httpHandler(async ({ caller }) => {
  reached.push(caller);
  return noContent();
});

/** What the function answers where API Gateway states this of the caller. */
async function answerTo(route: string, authorizer: unknown, identity: object = {}) {
  const headers = { Authorization: "Bearer eyJ.secret.token" };
  const event = apiEvent({ route, headers, caller: null });
  const { requestContext } = event;
  return handler(
    {
      ...event,
      requestContext: {
        ...requestContext,
        authorizer: authorizer as never,
        identity: { ...requestContext.identity, ...identity },
      },
    },
    lambdaContext(),
  );
}

const statusOf = async (...call: Parameters<typeof answerTo>) =>
  (await answerTo(...call)).statusCode;

describe("a caller", () => {
  it("is who the token is of, with its scopes, and stands in the log line without the token", async () => {
    expect(await statusOf("POST /things", good)).toBe(204);
    expect(reached).toEqual([{ subject: "user-1", scopes: ["things:read", "things:write", "x"] }]);
    expect(JSON.parse(output)).toMatchObject({ caller: "user-1", http_status: 204 });
    expect(output).not.toContain("secret");
  });

  it("is who signed the request, where IAM decides", async () => {
    const userArn = "arn:aws:iam::123456789012:role/reader";
    expect(await statusOf("PUT /things/{thingId}", undefined, { userArn })).toBe(204);
    expect(reached).toEqual([{ subject: userArn, scopes: [] }]);
    for (const nobody of [null, undefined, "", 7]) {
      expect(await statusOf("PUT /things/{thingId}", good, { userArn: nobody })).toBe(403);
    }
  });

  it("is nobody where the route is open, whatever is said of one", async () => {
    expect(await statusOf("GET /things", good)).toBe(204);
    expect(reached).toEqual([null]);
    expect(JSON.parse(output)).not.toHaveProperty("caller");
  });
});

describe("a request that API Gateway should have refused", () => {
  const forged: [string, unknown][] = [
    ["there is no authorizer", undefined],
    ["the authorizer says nothing", {}],
    ["somebody else's authorizer says something", { principalId: "user-1", claims: good }],
    ["another issuer's token was taken", { ...good, iss: "https://evil.example.com" }],
    ["the token is over, and API Gateway remembers it", { ...good, exp: "1700000000" }],
    ["the end is none", { ...good, exp: "Infinity" }],
    ["the end is a number in disguise", { ...good, exp: "1e300" }],
    ["the end is not a text", { ...good, exp: Number(later) }],
    ["the end is empty", { ...good, exp: "" }],
    ["the scopes are a list", { ...good, scope: ["things:read", "things:write"] }],
    ["the subject is an object", { ...good, sub: { toString: () => "user-1" } }],
    ["the subject is empty", { ...good, sub: "" }],
    ["what is stated is inherited", Object.create(null)],
  ];

  it.each(forged)("is refused with 401 where %s", async (_, authorizer) => {
    const { statusCode, headers, body } = await answerTo("POST /things", authorizer);
    expect([statusCode, headers?.["WWW-Authenticate"], reached]).toEqual([401, "Bearer", []]);
    expect(JSON.parse(body)).toEqual({
      type: "about:blank",
      title: "Unauthorized",
      status: 401,
      detail: "This needs a valid token.",
      errors: [],
      requestId: expect.any(String),
    });
  });

  it.each([
    "",
    "things:read",
    "things:write",
    "things:read things:writes",
    "things:read\tthings:write",
    "things:read,things:write",
    "THINGS:READ THINGS:WRITE",
    "*",
    "things:*",
  ])("is refused with 403 where the scopes are %j", async (scope) => {
    const { statusCode, body } = await answerTo("POST /things", { ...good, scope });
    expect([statusCode, reached]).toEqual([403, []]);
    expect(JSON.parse(body)).toMatchObject({ detail: "You may not do this.", errors: [] });
  });

  it.each([
    undefined,
    "",
    "{}",
    "null",
    "not JSON",
    '{"routes":{"POST /things":[]}}',
    '{"routes":{"POST /things":"all"}}',
    '{"routes":{"POST /things":["things:write"]}}',
    '{"routes":{"POST /thing":"none"}}',
  ])("is refused where ROUTE_AUTH is %j", async (value) => {
    vi.stubEnv("ROUTE_AUTH", value);
    expect(await statusOf("POST /things", good)).toBeGreaterThanOrEqual(401);
    expect(reached).toEqual([]);
  });

  it("is refused on a route that is called as every object's own things are", async () => {
    vi.stubEnv("ROUTE_AUTH", '{"routes":{"__proto__":"none"}}');
    const event = { ...apiEvent({ route: "POST /things" }), httpMethod: "toString", resource: "" };
    expect((await handler(event, lambdaContext())).statusCode).toBe(500);
    expect(reached).toEqual([]);
  });
});

describe("any answer", () => {
  it("names nothing of what is inside, whatever went wrong", async () => {
    const inside = "arn:aws:dynamodb:eu-west-1:123456789012:table/secret";
    const failures = fc.oneof(
      fc.constantFrom<() => unknown>(
        () => new Error(inside),
        () => new TypeError(inside, { cause: new Error(inside) }),
        () => Object.assign(new Error(inside), { name: inside, $metadata: { inside } }),
        () => inside,
        () => ({ inside }),
        () => null,
        () => new HttpError(409, "It changed.", { cause: new Error(inside) }),
        () => new AggregateError([new Error(inside)], inside),
      ),
    );
    const authorizers = fc.constantFrom<unknown>(undefined, good, {
      ...good,
      sub: inside,
      exp: "x",
    });
    const route = fc.constantFrom(
      "GET /things",
      "POST /things",
      "PUT /things/{thingId}",
      "GET /else",
    );
    await fc.assert(
      fc.asyncProperty(failures, authorizers, route, async (failure, authorizer, called) => {
        const failing = httpHandler(async () => {
          throw failure();
        });
        const event = apiEvent({ route: called });
        const requestContext = { ...event.requestContext, authorizer: authorizer as never };
        const answer = await failing({ ...event, requestContext }, lambdaContext());
        expect(answer.statusCode).toBeGreaterThanOrEqual(400);
        expect(JSON.stringify(answer)).not.toMatch(/secret|dynamodb|ROUTE_AUTH|\.ts\b|node:/);
      }),
    );
  });

  it("has headers for security, and a handler may say otherwise in any case", async () => {
    const answer = async (headers: Record<string, string>) =>
      httpHandler(async () => ok({}, headers))(apiEvent({ route: "GET /things" }), lambdaContext());
    expect((await answer({})).headers).toMatchObject({
      "Cache-Control": "no-store",
      "Strict-Transport-Security": "max-age=63072000",
      "X-Content-Type-Options": "nosniff",
    });
    const kept = (await answer({ "cache-control": "max-age=60" })).headers ?? {};
    expect(Object.entries(kept).filter(([name]) => /^cache-control$/i.test(name))).toEqual([
      ["cache-control", "max-age=60"],
    ]);
    expect((await answerTo("POST /things", undefined)).headers).toMatchObject({
      "Cache-Control": "no-store",
    });
  });
});
