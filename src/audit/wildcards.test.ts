import { expect, it } from "vitest";
import { wildcardsOf } from "./wildcards.ts";

const everywhere = (Action: readonly string[]) =>
  wildcardsOf({ Effect: "Allow", Action, Resource: "*" });

it("is not what no statement can hold to a resource", () => {
  expect(everywhere(["secretsmanager:ListSecrets", "ssm:DescribeParameters"])).toEqual([]);
  expect(everywhere(["secretsmanager:GetSecretValue", "ssm:DescribeParameters"])).toEqual([
    "secretsmanager:GetSecretValue on every resource",
  ]);
});
