import { describe, expect, it } from "vitest";
import type { Statement } from "../../plan/index.ts";
import { permissionWords } from "./permission-words.ts";

const statement = (change: Partial<Statement>): Statement => ({
  actions: ["dynamodb:GetItem"],
  resources: ["arn:aws:dynamodb:eu-west-1:123456789012:table/other"],
  conditions: {},
  from: "functions.get",
  ...change,
});

describe("a permission in words", () => {
  it.each<[string, Partial<Statement>]>([
    ["GetItem on arn:aws:dynamodb:eu-west-1:123456789012:table/other", {}],
    ["s3:GetObject on everything", { actions: ["s3:GetObject"], resources: ["*"] }],
    ["write its own log", { actions: ["logs:CreateLogStream", "logs:PutLogEvents"] }],
    ["send traces to X-Ray", { actions: ["xray:PutTraceSegments"] }],
    [
      "GetItem on everything, where the partition key is A or B#*",
      {
        resources: ["*"],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["A", "B#*"] } },
      },
    ],
    [
      "GetItem on everything, where aws:SourceIp IpAddress 10.0.0.0/8",
      { resources: ["*"], conditions: { IpAddress: { "aws:SourceIp": ["10.0.0.0/8"] } } },
    ],
  ])("says: %s", (words, change) => {
    expect(permissionWords(statement(change), [])).toBe(words);
  });
});
