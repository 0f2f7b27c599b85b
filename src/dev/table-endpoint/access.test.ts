import { describe, expect, it } from "vitest";
import { arn, ordersArn, shopPlan } from "../../../test/shop.ts";
import { preparePolicies } from "../../evaluate/index.ts";
import { AccessGate } from "./access.ts";
import { deniedMessage } from "./denied-message.ts";

const plan = shopPlan();
const index = `${ordersArn}/index/ByCustomer`;

/** What is refused to a function that may do nothing. */
function refused(action: string, resource: string, leadingKeys: readonly string[] = []) {
  const lambda = plan.functions.find(({ key }) => key === "nothing");
  if (lambda === undefined) throw new Error("the shop has no such function");
  const context = { "dynamodb:LeadingKeys": leadingKeys };
  return new AccessGate().refusal(plan, lambda, [{ action, resource, context }]);
}

describe("the grant that would allow a refused call", () => {
  const grants = "functions.nothing.tables";
  it.each<[string, string, string[], string | null]>([
    ["GetItem", ordersArn, [], `add { allow: ["GetItem"] } to ${grants}.orders in service.ts`],
    [
      "GetItem",
      ordersArn,
      ["ORDER#1", "ORDER#2", "KEY"],
      `add { allow: ["GetItem"], partitionKeys: ["ORDER#*","KEY"] } to ${grants}.orders in service.ts`,
    ],
    [
      "Query",
      index,
      ["anna"],
      `add { allow: ["Query"], index: "ByCustomer", partitionKeys: ["anna"] } to ${grants}.orders in service.ts`,
    ],
    ["Scan", arn("table/other"), [], null],
    ["DescribeTable", ordersArn, [], null],
    ["ListTables", "*", [], null],
  ])("%s on %s with the keys %o is %o", (operation, resource, keys, fix) => {
    expect(refused(`dynamodb:${operation}`, resource, keys)?.fix).toBe(fix);
  });
});

describe("a gate that is told who decides", () => {
  const request = { action: "dynamodb:PutItem", resource: ordersArn, context: {} };
  const [lambda] = plan.functions;
  if (lambda === undefined) throw new Error("the shop has no function");

  it("asks that one, and not the plan", () => {
    const asked: string[] = [];
    const gate = new AccessGate(({ key }) => {
      asked.push(key);
      return preparePolicies([
        { Statement: { Effect: "Allow", Action: "dynamodb:PutItem", Resource: "*" } },
      ]);
    });
    expect(gate.refusal(plan, lambda, [request])).toBeUndefined();
    const other = { ...request, action: "dynamodb:DeleteTable" };
    expect(gate.refusal(plan, lambda, [request, other])?.action).toBe("dynamodb:DeleteTable");
    expect(asked).toEqual([lambda.key]);
  });
});

describe("the words of a refusal", () => {
  const request = { action: "dynamodb:GetItem", resource: ordersArn };

  it("say whether nothing allows the call, or something forbids it", () => {
    const start = `User: me is not authorized to perform: dynamodb:GetItem on resource: ${ordersArn}`;
    expect(deniedMessage("me", request, "implicit-deny")).toBe(
      `${start} because no identity-based policy allows the dynamodb:GetItem action`,
    );
    expect(deniedMessage("me", request, "explicit-deny")).toBe(
      `${start} with an explicit deny in an identity-based policy`,
    );
  });
});
