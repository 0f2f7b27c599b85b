import { describe } from "vitest";
import { applies, checkCases, ignores } from "../../test/policy-cases.ts";

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";

describe("Action", () => {
  const get = { action: "s3:GetObject" };
  checkCases(`${guide}/reference_policies_elements_action.html`, [
    applies("names one action", { Action: "s3:GetObject" }, get),
    ignores("is of no other action", { Action: "s3:PutObject" }, get),
    ignores("is of no other service", { Action: "sqs:GetObject" }, get),
    ignores("is not a prefix", { Action: "s3:Get" }, get),
    ignores("is of no longer name", { Action: "s3:GetObjectAcl" }, get),
    applies("may be a list, of which one matches", { Action: ["s3:Put*", "s3:Get*"] }, get),
    ignores("may be a list, of which none matches", { Action: ["s3:Put*", "s3:List*"] }, get),
    applies("does not mind the case of the policy", { Action: "S3:getobject" }, get),
    applies(
      "does not mind the case of the request",
      { Action: "iam:ListAccessKeys" },
      { action: "IAM:listaccesskeys" },
    ),
    applies("can be everything", { Action: "*" }, get),
    applies("can be everything, as service and name", { Action: "*:*" }, get),
    applies("can be one name in every service", { Action: "*:GetObject" }, get),
    applies("can be a whole service", { Action: "s3:*" }, get),
    ignores("can be a whole other service", { Action: "s3-object-lambda:*" }, get),
    applies(
      "has wildcards in the middle of a name",
      { Action: "iam:*AccessKey*" },
      { action: "iam:CreateAccessKey" },
    ),
    applies(
      "has wildcards that match nothing too",
      { Action: "iam:*ListAccessKeys*" },
      { action: "iam:ListAccessKeys" },
    ),
    ignores(
      "has wildcards around what has to be there",
      { Action: "iam:*AccessKey*" },
      { action: "iam:CreateUser" },
    ),
    applies("has ? for one character", { Action: "s3:?etObject" }, get),
    ignores("has ? for one character, and not for none", { Action: "s3:GetObject?" }, get),
    ignores("has ? for one character, and not for two", { Action: "s3:?tObject" }, get),
    applies("has wildcards in any case", { Action: "S3:gET*" }, get),
  ]);
});

describe("NotAction", () => {
  checkCases(`${guide}/reference_policies_elements_notaction.html`, [
    applies("is of everything else", { NotAction: "iam:*" }, { action: "s3:GetObject" }),
    ignores("is not of what it names", { NotAction: "iam:*" }, { action: "iam:CreateUser" }),
    ignores(
      "is of nothing that any of its list names",
      { NotAction: ["iam:*", "s3:*"] },
      { action: "s3:GetObject" },
    ),
    applies(
      "is of what none of its list names",
      { NotAction: ["iam:*", "s3:*"] },
      { action: "sqs:SendMessage" },
    ),
    ignores("does not mind the case", { NotAction: "IAM:*" }, { action: "iam:CreateUser" }),
    ignores("with * is of nothing", { NotAction: "*" }, { action: "s3:GetObject" }),
    ignores(
      "says nothing about other resources",
      { NotAction: "s3:DeleteBucket", Resource: "arn:aws:s3:::*" },
      { action: "s3:ListAllMyBuckets", resource: "*" },
    ),
  ]);
});
