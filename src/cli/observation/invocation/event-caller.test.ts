import { describe, expect, it } from "vitest";
import { productPlan } from "../../../../test/product-plan.ts";
import { proxyEvent } from "../../../dev/index.ts";
import type { RouteAuthPlan } from "../../../plan/index.ts";
import { withCaller } from "./event-caller.ts";

const plan = productPlan("dev");
const event = proxyEvent(
  {
    method: "GET",
    path: "/v1/a",
    query: "",
    rawHeaders: [],
    body: null,
    sourceIp: "127.0.0.1",
  },
  { resource: "/a", path: "/a", pathParameters: {} },
  { accountId: plan.accountId, region: plan.region, stage: "v1" },
);
const contextOf = (auth: RouteAuthPlan) => withCaller(event, { auth }, plan).requestContext;

describe("the event of whoever invokes a function", () => {
  it("names nobody where everybody may call", () => {
    expect(contextOf({ type: "none" })).toEqual(event.requestContext);
  });

  it("names who signed where IAM decides, and no token", () => {
    const { identity, authorizer } = contextOf({ type: "iam" });
    expect(identity.userArn).toBe(`arn:aws:iam::${plan.accountId}:user/lambdakit-invoke`);
    expect(authorizer).toBeUndefined();
  });

  it("has all scopes of the route, and a token of the issuer that ends in an hour", () => {
    const { authorizer, identity } = contextOf({ type: "jwt", scopes: ["a:read", "a:write"] });
    expect(authorizer).toMatchObject({ scope: "a:read a:write", iss: plan.api.authorizer?.issuer });
    const seconds = Number(authorizer?.exp) - Date.now() / 1000;
    expect(seconds).toBeGreaterThan(3_500);
    expect(seconds).toBeLessThan(3_700);
    expect(identity.userArn).toBeNull();
  });
});
