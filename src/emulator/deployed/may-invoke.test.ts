import { describe, expect, it } from "vitest";
import type { RoutePlan } from "../../plan/index.ts";
import type { Permission } from "./deployed-function.ts";
import { mayAuthorize, mayInvoke } from "./may-invoke.ts";

const aliasArn = "arn:aws:lambda:eu-west-1:111122223333:function:shop-get-dev:live";
const here = { accountId: "111122223333", region: "eu-west-1", id: "abc123" };
const get = { method: "GET", path: "/orders/{orderId}" } as RoutePlan;

const permission: Permission = {
  Sid: "api-0",
  Effect: "Allow",
  Principal: { Service: "apigateway.amazonaws.com" },
  Action: "lambda:InvokeFunction",
  Resource: aliasArn,
  Condition: {
    ArnLike: {
      "AWS:SourceArn": "arn:aws:execute-api:eu-west-1:111122223333:abc123/v1/GET/orders/*",
    },
  },
};

function may(permissions: readonly Permission[], route = get, stage = "v1"): boolean {
  const api = { stage } as Parameters<typeof mayInvoke>[0]["api"];
  return mayInvoke({ ...here, api }, route, { aliasArn, permissions });
}

describe("the permission of an API to call a function", () => {
  it("is for the routes that it names", () => {
    expect(may([permission])).toBe(true);
    expect(may([permission], { ...get, method: "PUT" })).toBe(false);
    expect(may([permission], { ...get, path: "/orders" })).toBe(false);
    expect(may([permission], get, "v2")).toBe(false);
  });

  it("is for API Gateway, and for the alias that is called", () => {
    const toEvents = { Service: "events.amazonaws.com" };
    expect(may([{ ...permission, Principal: toEvents }])).toBe(false);
    const toAll = aliasArn.replace(":live", "");
    expect(may([{ ...permission, Resource: toAll }])).toBe(false);
  });

  it("is not there where nobody has given it", () => {
    expect(may([])).toBe(false);
  });

  it("is another one for authorizers, which lets no route in", () => {
    const source = "arn:aws:execute-api:eu-west-1:111122223333:abc123/authorizers/*";
    const authorizers = { ...permission, Condition: { ArnLike: { "AWS:SourceArn": source } } };
    const api = { stage: "v1" } as Parameters<typeof mayInvoke>[0]["api"];
    const mayAsk = (permissions: readonly Permission[]) =>
      mayAuthorize({ ...here, api }, { aliasArn, permissions });
    expect([mayAsk([authorizers]), mayAsk([permission]), may([authorizers])]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
