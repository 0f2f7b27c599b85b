import fc from "fast-check";
import { describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { preparePolicies } from "../evaluate/index.ts";
import { environmentNames, type Manifest, validateManifest } from "../manifest/index.ts";
import { planService, policyDocument, type Statement } from "./index.ts";

const statement: Statement = {
  actions: ["dynamodb:GetItem", "dynamodb:PutItem"],
  resources: ["arn:aws:dynamodb:eu-west-1:111122223333:table/products"],
  conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["PRODUCT#*"] } },
  from: "functions.create.tables.products[0]",
};

describe("policyDocument", () => {
  it("says in IAM's form what the statements say, and not where they come from", () => {
    const log = { ...statement, actions: ["logs:PutLogEvents"], conditions: {}, resources: ["*"] };
    expect(policyDocument([statement, log])).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
          Resource: ["arn:aws:dynamodb:eu-west-1:111122223333:table/products"],
          Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["PRODUCT#*"] } },
        },
        { Effect: "Allow", Action: ["logs:PutLogEvents"], Resource: ["*"] },
      ],
    });
  });

  it("gives the same bytes however the conditions are ordered", () => {
    const keys = fc.dictionary(fc.constantFrom("aws:a", "aws:b"), fc.array(fc.string()));
    const conditions = fc.dictionary(fc.constantFrom("StringLike", "Bool", "Null"), keys);
    const reversed = <Value>(record: Readonly<Record<string, Value>>) =>
      Object.fromEntries(Object.entries(record).reverse());
    fc.assert(
      fc.property(conditions, (ordered) => {
        const other = Object.fromEntries(
          Object.entries(reversed(ordered)).map(([operator, one]) => [operator, reversed(one)]),
        );
        const [left, right] = [ordered, other].map((one) =>
          JSON.stringify(policyDocument([{ ...statement, conditions: one }])),
        );
        expect(left).toBe(right);
      }),
    );
  });

  it("shares nothing with the plan", () => {
    const document = policyDocument([statement]);
    expect(document.Statement[0]?.Action).not.toBe(statement.actions);
    expect(document.Statement[0]?.Condition).not.toBe(statement.conditions);
  });

  it.each(environmentNames)("allows in %s what the manifest grants, and nothing else", (name) => {
    const { functions, tables } = planService(manifestOf(product), name);
    const statements = functions.find(({ key }) => key === "get")?.role.statements ?? [];
    const decide = preparePolicies([policyDocument(statements)]);
    const resource = tables[0]?.arn ?? "";
    const get = {
      action: "dynamodb:GetItem",
      resource,
      context: { "dynamodb:LeadingKeys": ["PRODUCT#PROD-000001"] },
    };
    const other = { context: { "dynamodb:LeadingKeys": ["OTHER#1"] } };
    expect(decide(get).effect).toBe("allowed");
    expect(decide({ ...get, ...other }).effect).toBe("implicit-deny");
    expect(decide({ ...get, action: "dynamodb:PutItem" }).effect).toBe("implicit-deny");
    expect(decide({ ...get, resource: `${resource}-2` }).effect).toBe("implicit-deny");
  });
});

function manifestOf(definition: object): Manifest {
  const validation = validateManifest(definition);
  if (validation.ok) return validation.manifest;
  throw new Error(JSON.stringify(validation.problems, null, 2));
}
