import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createAuthorizer, createKeyStore, readSettings } from "../src/authorizer/index.ts";
import { evaluatePolicies, type PolicyDocument } from "../src/evaluate/index.ts";
import { routeName } from "../src/names.ts";
import { httpHandler, noContent } from "../src/runtime/index.ts";
import { apiEvent, lambdaContext } from "../src/testing/index.ts";
import { type IssuerKey, issuerKey, signedToken } from "./issuer-keys.ts";
import { changedPlan } from "./product-plan.ts";

/*
 * The Product service's routes as API Gateway asks about them: the authorizer's policy for a token, which is used
 * for any route; and behind it the function. Whatever is sent, a write is reached with a good token that has the
 * scope, and with nothing else, and neither of the two depends on the other for it.
 */

const plan = changedPlan();
const variables = plan.api.authorizer?.function.environmentVariables ?? {};
const api = `arn:aws:execute-api:${plan.region}:${plan.accountId}:abc123/${plan.api.stage}`;
const seconds = Math.floor(Date.now() / 1000);
const good = {
  iss: plan.api.authorizer?.issuer,
  aud: plan.api.authorizer?.audience[0],
  sub: "user-1",
  scope: "products:write",
  exp: seconds + 600,
};

let keys: { readonly good: IssuerKey; readonly evil: IssuerKey };
let reached: boolean;
let authorize: ReturnType<typeof createAuthorizer>;
beforeAll(async () => {
  keys = { good: await issuerKey("k"), evil: await issuerKey("k") };
  const store = createKeyStore({
    fetch: async () => ({ keys: [keys.good.publicJwk] }),
    now: Date.now,
    onStale: () => {},
  });
  const ports = { keyFor: store.keyFor, now: Date.now, log: () => {} };
  authorize = createAuthorizer(readSettings(variables), ports);
});
beforeEach(() => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const handler = httpHandler(async () => {
  reached = true;
  return noContent();
});

const routes = plan.api.routes.map((route) => ({ ...route, name: routeName(route) }));
const anyRoute = fc.constantFrom(...routes);
const anyToken = fc.record({
  signer: fc.constantFrom("good", "good", "evil"),
  scope: fc.constantFrom(
    "products:write",
    "products:read products:write",
    "products:read",
    "",
    "*",
  ),
  claims: fc.constantFrom<Record<string, unknown>>(
    {},
    {},
    { exp: seconds - 60 },
    { aud: "products-prod" },
    { iss: "https://evil.example.com" },
    { token_use: "id" },
    { nbf: seconds + 600 },
  ),
});
type AnyToken = typeof anyToken extends fc.Arbitrary<infer Value> ? Value : never;

const headerOf = async ({ signer, scope, claims }: AnyToken) =>
  `Bearer ${await signedToken(keys[signer as "good"], { ...good, scope, ...claims })}`;

function isGood({ signer, scope, claims }: AnyToken): boolean {
  return (
    signer === "good" &&
    Object.keys(claims).length === 0 &&
    scope.split(" ").includes("products:write")
  );
}

/** What the gateway decides for a route with what the authorizer said when it was asked about another one. */
async function gatewayAnswer(
  header: string,
  asked: { readonly method: string; readonly path: string },
  route: { readonly method: string; readonly path: string },
) {
  const arn = (one: { readonly method: string; readonly path: string }) =>
    `${api}/${one.method}${one.path.replace("{productId}", "PROD-ABC123")}`;
  const call = { authorizationToken: header, methodArn: arn(asked) };
  const answer = await authorize(call).catch(({ message }) => {
    expect(message).toBe("Unauthorized");
  });
  if (answer === undefined) return { admitted: false, context: undefined };
  const request = { action: "execute-api:Invoke", resource: arn(route), context: {} };
  const policy = answer.policyDocument as unknown as PolicyDocument;
  const { effect } = evaluatePolicies([policy], request);
  return { admitted: effect === "allowed", context: answer.context };
}

async function reaches(
  route: (typeof routes)[number],
  authorizer: unknown,
  headers: Record<string, string> = {},
): Promise<boolean> {
  const lambda = plan.functions.find(({ key }) => key === route.function);
  vi.stubEnv("ROUTE_AUTH", lambda?.environmentVariables.ROUTE_AUTH);
  reached = false;
  const event = apiEvent({ route: route.name, pathParameters: { productId: "PROD-A" }, headers });
  const requestContext = { ...event.requestContext, authorizer: authorizer as never };
  await handler({ ...event, requestContext }, lambdaContext());
  return reached;
}

describe("a write", () => {
  it("is let through by the gateway with a good token that has the scope, and with no other", async () => {
    await fc.assert(
      fc.asyncProperty(anyRoute, anyRoute, anyToken, async (asked, route, token) => {
        fc.pre(route.auth.type === "jwt" && asked.auth.type === "jwt");
        const { admitted } = await gatewayAnswer(await headerOf(token), asked, route);
        expect(admitted).toBe(isGood(token));
      }),
    );
  });

  it("is reached in the function only by who the authorizer said may, whatever headers say", async () => {
    const headers = fc.dictionary(
      fc.constantFrom(
        "Authorization",
        "X-Caller",
        "sub",
        "scope",
        "X-Forwarded-For",
        "principalId",
      ),
      fc.constantFrom("products:write", "Bearer eyJhbGciOiJub25lIn0.e30.", "admin"),
    );
    await fc.assert(
      fc.asyncProperty(anyRoute, anyToken, headers, async (route, token, sent) => {
        const { context } = await gatewayAnswer(await headerOf(token), route, route);
        const isOpen = route.auth.type === "none";
        expect(await reaches(route, context, sent)).toBe(isOpen || isGood(token));
      }),
    );
  });

  it("is not reached without what an authorizer says, even where the gateway asks none", async () => {
    for (const route of routes.filter(({ auth }) => auth.type === "jwt")) {
      expect(await reaches(route, undefined, { Authorization: await headerOf(theBest) })).toBe(
        false,
      );
    }
  });

  it("is not the only thing that a policy is about: methods and paths beside it are denied", async () => {
    const { admitted } = await gatewayAnswer(
      await headerOf(theBest),
      { method: "POST", path: "/v1.0/products" },
      { method: "POST", path: "/v1.0/products" },
    );
    expect(admitted).toBe(true);
    for (const [method, path] of [
      ["POST", "/v1.0/product"],
      ["POST", "/v1.0/products/PROD-A"],
      ["PATCH", "/v1.0/products/PROD-A"],
      ["DELETE", "/v1.0/products"],
      ["GET", "/v1.0/products"],
    ] as const) {
      const asked = { method: "POST", path: "/v1.0/products" };
      const answer = await gatewayAnswer(await headerOf(theBest), asked, { method, path });
      expect([method, path, answer.admitted]).toEqual([method, path, false]);
    }
  });

  const theBest: AnyToken = { signer: "good", scope: "products:write", claims: {} };
});
