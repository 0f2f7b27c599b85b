import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "../../src/evaluate/index.ts";
import { allowedCalls, everyTableCall, otherPermissions, resourcesAround } from "./role-calls.ts";

const table = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders-dev";
const calls = everyTableCall(resourcesAround(table, "ByCustomer"), ["ORDER#1", "OTHER#1"]);

function role(...Statement: PolicyDocument["Statement"][]) {
  const policies = Statement.map((one) => ({ Version: "2012-10-17", Statement: one }));
  return { name: "orders", policies, boundaries: undefined };
}

const getOrders = {
  Effect: "Allow",
  Action: "dynamodb:GetItem",
  Resource: table,
  Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["ORDER#*"] } },
} as const;

describe("the calls that a role is allowed", () => {
  it("are those of its policies, on what they name, with the keys that they name", () => {
    expect(allowedCalls(role(getOrders), calls)).toEqual(["GetItem the table ORDER#1"]);
  });

  it.each([
    ["an action too many", { ...getOrders, Action: ["dynamodb:GetItem", "dynamodb:DeleteTable"] }],
    ["a star in an action", { ...getOrders, Action: "dynamodb:Get*" }],
    ["a star behind the table", { ...getOrders, Resource: `${table}*` }],
    ["a star for the account", { ...getOrders, Resource: table.replace(/\d{12}/, "*") }],
    ["everything", { ...getOrders, Resource: "*" }],
    ["no condition", { Effect: "Allow", Action: "dynamodb:GetItem", Resource: table } as const],
  ])("are more with %s", (_, statement) => {
    expect(allowedCalls(role(statement), calls).length).toBeGreaterThan(1);
  });

  it("are none where a boundary allows nothing of it, or another policy denies it", () => {
    const boundaries = role({ ...getOrders, Action: "dynamodb:PutItem" }).policies;
    expect(allowedCalls({ ...role(getOrders), boundaries }, calls)).toEqual([]);
    expect(allowedCalls(role(getOrders, { ...getOrders, Effect: "Deny" }), calls)).toEqual([]);
  });
});

describe("what a role is allowed beside tables", () => {
  it("is listed as it is written", () => {
    const logs = { Effect: "Allow", Action: ["logs:B", "logs:A"], Resource: ["x", "y"] } as const;
    expect(otherPermissions(role(getOrders, logs))).toEqual([
      "logs:A x",
      "logs:A y",
      "logs:B x",
      "logs:B y",
    ]);
  });

  it("cannot be listed where a policy says what it does not mean", () => {
    const rest = { Effect: "Allow", NotAction: "iam:*", Resource: "*" } as const;
    expect(otherPermissions(role(rest))).toEqual(["?"]);
  });
});
