import * as z from "zod";
import { from } from "./from.ts";

const keyPlan = z
  .strictObject({
    name: z.string().describe("The attribute."),
    type: z.enum(["S", "N", "B"]).describe("DynamoDB's type: a string, a number, bytes."),
  })
  .meta({ id: "KeyPlan", description: "A key of a table or an index." });

const keys = {
  partitionKey: keyPlan.describe("The partition key."),
  sortKey: keyPlan.nullable().describe("The sort key; null without one."),
};

export const indexPlan = z
  .strictObject({
    name: z.string().describe("Its name."),
    arn: z.string().describe("Its ARN."),
    ...keys,
    from,
  })
  .meta({ id: "IndexPlan", description: "A global secondary index." });

export const tablePlan = z
  .strictObject({
    key: z.string().describe("Its key in the manifest."),
    name: z.string().describe("Its name in AWS."),
    arn: z.string().describe("Its ARN."),
    variable: z.string().describe("The environment variable that tells functions its name."),
    ...keys,
    existing: z.boolean().describe("Whether others look after it: it is looked up, not made."),
    timeToLiveAttribute: z.string().nullable().describe("When items expire; null where none do."),
    indexes: z.array(indexPlan).describe("Its indexes."),
    from,
  })
  .meta({ id: "TablePlan", description: "A table, as it is in one environment." });
