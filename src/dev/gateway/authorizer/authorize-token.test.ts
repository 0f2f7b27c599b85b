import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InvocationResult } from "../../host/invocation.ts";
import { TokenAuthorizer } from "./authorize-token.ts";
import { readAuthorizerOutput } from "./authorizer-output.ts";

const api = "arn:aws:execute-api:eu-west-1:123456789012:local/v1";
const post = `${api}/POST/v1.0/products`;
const report = {} as Extract<InvocationResult, { ok: true }>["report"];

const policy = (effect: string, resource: string) => ({
  principalId: "ann",
  policyDocument: {
    Version: "2012-10-17",
    Statement: [{ Effect: effect, Action: "execute-api:Invoke", Resource: resource }],
  },
  context: { sub: "ann", scope: "products:write", level: 3, staff: true },
});
const returned = (value: unknown): InvocationResult => ({
  ok: true,
  payload: JSON.stringify(value),
  report,
});
const threw = (errorMessage: string): InvocationResult => ({
  ok: false,
  reason: "function",
  error: { errorType: "Error", errorMessage },
  report,
});

/** An authorizer that answers with this, and what it was asked. */
function authorizer(result: InvocationResult, cacheSeconds = 300) {
  const events: object[] = [];
  const clock = { now: 0 };
  const gate = new TokenAuthorizer({
    cacheSeconds,
    now: () => clock.now,
  });
  const ask = async (token: string | undefined, methodArn = post) => {
    const verdict = await gate.authorize({ token, methodArn }, async (payload) => {
      events.push(JSON.parse(payload));
      return result;
    });
    return verdict.ok
      ? verdict.context
      : `${verdict.answer.status} ${verdict.answer.headers[1]?.[1]} ${verdict.answer.body}`;
  };
  return { ask, events, clock };
}

describe("a route with a token authorizer", () => {
  it("asks it with the token and the method, and gives the function its context as texts", async () => {
    const { ask, events } = authorizer(returned(policy("Allow", post)));
    expect(await ask("Bearer a.b.c")).toEqual({
      sub: "ann",
      scope: "products:write",
      level: "3",
      staff: "true",
      principalId: "ann",
      integrationLatency: 0,
    });
    expect(events).toEqual([
      { type: "TOKEN", methodArn: post, authorizationToken: "Bearer a.b.c" },
    ]);
  });

  it("asks nobody where there is no token", async () => {
    const { ask, events } = authorizer(returned(policy("Allow", "*")));
    const unauthorized = '401 UnauthorizedException {"message":"Unauthorized"}';
    expect(await ask(undefined)).toBe(unauthorized);
    expect(await ask("")).toBe(unauthorized);
    expect(events).toEqual([]);
  });

  it("answers 401 where it throws Unauthorized, and only there", async () => {
    expect(await authorizer(threw("Unauthorized")).ask("t")).toMatch(/^401 UnauthorizedException/);
    const misconfigured = '500 AuthorizerConfigurationException {"message":null}';
    for (const message of [
      "unauthorized",
      "Unauthorized: expired",
      "Task timed out after 5.00 seconds",
    ]) {
      expect(await authorizer(threw(message)).ask("t")).toBe(misconfigured);
    }
  });

  it("says whether the policy denies the call, or does not speak of it", async () => {
    const other = `${api}/GET/v1.0/products`;
    expect(await authorizer(returned(policy("Deny", "*"))).ask("t")).toBe(
      '403 AccessDeniedException {"message":"User is not authorized to access this resource with an explicit deny in an identity-based policy"}',
    );
    expect(await authorizer(returned(policy("Allow", other))).ask("t")).toBe(
      '403 AccessDeniedException {"message":"User is not authorized to access this resource because no identity-based policy allows the execute-api:Invoke action"}',
    );
  });

  it("answers 500 to what is no authorizer's output", async () => {
    const good = policy("Allow", "*");
    const bad: unknown[] = [
      null,
      {},
      [],
      "Unauthorized",
      { ...good, principalId: "" },
      { ...good, policyDocument: {} },
      {
        ...good,
        policyDocument: { Statement: [{ Effect: "Perhaps", Action: "*", Resource: "*" }] },
      },
      { ...good, context: { claims: { sub: "ann" } } },
      { ...good, context: { groups: ["a"] } },
    ];
    for (const output of bad) {
      expect(await authorizer(returned(output)).ask("t"), JSON.stringify(output)).toMatch(/^500 /);
    }
  });

  it("answers 500 where the authorizer could not be asked", async () => {
    const error = { errorType: "TooManyRequestsException", errorMessage: "Unauthorized" };
    const throttled = authorizer({ ok: false, reason: "throttled", error });
    expect(await throttled.ask("t")).toBe('500 AuthorizerFailureException {"message":null}');
  });

  it("asks once for a token until its time is over, and holds every method against what it has", async () => {
    const { ask, events, clock } = authorizer(returned(policy("Allow", post)));
    await ask("t");
    expect(await ask("t", `${api}/DELETE/v1.0/products/1`)).toMatch(/^403 /);
    clock.now = 299_999;
    await ask("t");
    expect(events).toHaveLength(1);
    clock.now = 300_000;
    await ask("t");
    await ask("another");
    expect(events).toHaveLength(3);
  });

  it("keeps no refusal, and nothing at all where nothing is to be kept", async () => {
    for (const one of [
      authorizer(threw("Unauthorized")),
      authorizer(returned(policy("Allow", post)), 0),
    ]) {
      await one.ask("t");
      await one.ask("t");
      expect(one.events).toHaveLength(2);
    }
  });

  it("lets nobody in by what the authorizer says, unless it is a policy that allows the call", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (payload) => {
        const output = readAuthorizerOutput(payload);
        const request = { action: "execute-api:Invoke", resource: post, context: {} };
        expect(output?.decide(request).effect).not.toBe("allowed");
      }),
    );
  });
});
