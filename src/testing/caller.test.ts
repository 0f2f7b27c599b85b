import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { environmentVariables, type RouteAuthVariable } from "../names.ts";
import { apiEvent } from "./api-event.ts";

const variable = environmentVariables.routeAuth;
const issuer = "https://login.example.com";
const asks: RouteAuthVariable = {
  issuer,
  routes: { "GET /a": "none", "POST /a": ["a:write", "a:read"], "PUT /a": "iam" },
};
let before: string | undefined;
beforeEach(() => {
  before = process.env[variable];
  process.env[variable] = JSON.stringify(asks);
});
afterEach(() => {
  if (before === undefined) delete process.env[variable];
  else process.env[variable] = before;
});

describe("the caller of a test's request", () => {
  it("is one who may call the route, where the test does not say", () => {
    const { authorizer } = apiEvent({ route: "POST /a" }).requestContext;
    expect(authorizer).toEqual({
      principalId: "tester",
      sub: "tester",
      iss: issuer,
      scope: "a:write a:read",
      exp: expect.stringMatching(/^\d{10}$/),
    });
    expect(apiEvent({ route: "PUT /a" }).requestContext.identity.userArn).toMatch(/^arn:aws:iam::/);
    const open = apiEvent({ route: "GET /a" }).requestContext;
    expect([open.authorizer, open.identity.userArn]).toEqual([undefined, null]);
  });

  it("is whoever the test says, or nobody", () => {
    const of = (caller: { subject?: string; scopes: string[] } | null) =>
      apiEvent({ route: "POST /a", caller }).requestContext;
    expect(of({ subject: "ann", scopes: [] }).authorizer).toMatchObject({ sub: "ann", scope: "" });
    expect(of(null).authorizer).toBeUndefined();
    expect(apiEvent({ route: "PUT /a", caller: null }).requestContext.identity.userArn).toBeNull();
  });

  it("is nobody where no service says who may", () => {
    delete process.env[variable];
    expect(apiEvent({ route: "POST /a" }).requestContext.authorizer).toBeUndefined();
  });
});
