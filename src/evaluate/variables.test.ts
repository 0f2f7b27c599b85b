// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how policies write variables.
import { describe } from "vitest";
import { applies, checkCases, ignores } from "../../test/policy-cases.ts";

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html";
const home = { Resource: "arn:aws:s3:::bucket/${aws:username}/*" };
const at = (key: string, context: Record<string, string | string[]> = {}) => ({
  resource: `arn:aws:s3:::bucket/${key}`,
  context,
});
const bob = { "aws:username": "bob" };

describe("Policy variables in Resource", () => {
  checkCases(`${guide}#policy-vars-resourceelement`, [
    applies("stand for the request's value", home, at("bob/file", bob)),
    ignores("stand for no other value", home, at("alice/file", bob)),
    applies("do not mind the case of the key", home, at("bob/file", { "AWS:UserName": "bob" })),
    applies(
      "do not mind the case in which they are written",
      { Resource: "arn:aws:s3:::bucket/${AWS:USERNAME}/*" },
      at("bob/file", bob),
    ),
    ignores("mind the case of the value", home, at("Bob/file", bob)),
    applies(
      "can be tags",
      { Resource: "arn:aws:s3:::bucket/${aws:PrincipalTag/department}" },
      at("hr", { "aws:PrincipalTag/department": "hr" }),
    ),
    applies(
      "can be several",
      { Resource: "arn:aws:s3:::bucket/${aws:userid}-${aws:username}" },
      at("7-bob", { ...bob, "aws:userid": "7" }),
    ),
    ignores("bring no wildcards in", home, at("alice/file", { "aws:username": "*" })),
    applies("bring a * in as a character", home, at("*/file", { "aws:username": "*" })),
  ]);
});

describe("Policy variables without a value", () => {
  const sameTeam = (operator: string) => ({
    Condition: { [operator]: { "s3:ExistingObjectTag/Team": "${aws:PrincipalTag/Team}" } },
  });
  const red = { context: { "s3:ExistingObjectTag/Team": "red" } };
  checkCases(`${guide}#policy-vars-no-value`, [
    ignores("match no resource", home, at("bob/file")),
    ignores("match not even their own text", home, at("${aws:username}/file")),
    ignores("are those with an empty value too", home, at("/file", { "aws:username": "" })),
    ignores("are multivalued keys too", home, at("bob/file", { "aws:username": ["bob"] })),
    applies(
      "are nothing that NotResource excepts",
      { NotResource: "arn:aws:s3:::bucket/${aws:username}/*" },
      at("bob/file"),
    ),
    ignores("equal nothing", sameTeam("StringEquals"), red),
    ignores("are like nothing", sameTeam("StringLike"), red),
    applies("are not equal to anything", sameTeam("StringNotEquals"), red),
    applies("are not like anything", sameTeam("StringNotLike"), red),
    applies("are not equal in any case", sameTeam("StringNotEqualsIgnoreCase"), red),
    applies(
      "leave the other values of a list",
      { Condition: { StringEquals: { "aws:userid": ["${aws:username}", "7"] } } },
      { context: { "aws:userid": "7" } },
    ),
  ]);
});

describe("Default values of policy variables", () => {
  const team = { Resource: "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'company-wide'}" };
  checkCases(`${guide}#policy-vars-default-values`, [
    applies("stand in for a key that is absent", team, at("company-wide")),
    ignores(
      "do not stand beside a key that is there",
      team,
      at("company-wide", { "aws:PrincipalTag/team": "red" }),
    ),
    applies("give way to the request's value", team, at("red", { "aws:PrincipalTag/team": "red" })),
    applies(
      "stand in for an empty value",
      team,
      at("company-wide", { "aws:PrincipalTag/team": "" }),
    ),
    applies(
      "may have spaces",
      { Resource: "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'all of us'}" },
      at("all of us"),
    ),
    ignores(
      "have no wildcards",
      { Resource: "arn:aws:s3:::bucket/${aws:PrincipalTag/team, '*'}" },
      at("anything"),
    ),
    applies(
      "may be empty",
      { Resource: "arn:aws:s3:::bucket/${aws:PrincipalTag/team, ''}file" },
      at("file"),
    ),
  ]);
});

describe("Special characters", () => {
  checkCases(`${guide}#policy-vars-specialchars`, [
    applies("write * as a character", { Resource: "arn:aws:s3:::bucket/${*}" }, at("*")),
    ignores("write * as no wildcard", { Resource: "arn:aws:s3:::bucket/${*}" }, at("key")),
    applies("write ? as a character", { Resource: "arn:aws:s3:::bucket/${?}" }, at("?")),
    ignores("write ? as no wildcard", { Resource: "arn:aws:s3:::bucket/${?}" }, at("k")),
    applies("write $ as a character", { Resource: "arn:aws:s3:::bucket/${$}{x}" }, at("${x}")),
    applies("leave a $ that opens no brace", { Resource: "arn:aws:s3:::bucket/$5" }, at("$5")),
    applies(
      "work in conditions",
      { Condition: { StringLike: { "s3:prefix": "${*}*" } } },
      { context: { "s3:prefix": "*a" } },
    ),
  ]);
});

describe("Policy variables in Condition", () => {
  const met = { context: { ...bob, "s3:prefix": "home/bob/photos" } };
  checkCases(`${guide}#policy-vars-conditionelement`, [
    applies(
      "work beside wildcards",
      { Condition: { StringLike: { "s3:prefix": "home/${aws:username}/*" } } },
      met,
    ),
    ignores(
      "do not match another's",
      { Condition: { StringLike: { "s3:prefix": "home/${aws:userid}/*" } } },
      met,
    ),
    applies(
      "work in StringEquals",
      { Condition: { StringEquals: { "s3:prefix": "home/${aws:username}/photos" } } },
      met,
    ),
    applies(
      "work in any case",
      { Condition: { StringEqualsIgnoreCase: { "s3:prefix": "HOME/${aws:username}/PHOTOS" } } },
      met,
    ),
    applies(
      "work in ARN operators",
      { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:${aws:PrincipalAccount}:*" } } },
      {
        context: {
          "aws:PrincipalAccount": "111122223333",
          "aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:topic",
        },
      },
    ),
    applies(
      "can be a whole ARN",
      { Condition: { ArnEquals: { "aws:SourceArn": "${aws:PrincipalArn}" } } },
      {
        context: {
          "aws:PrincipalArn": "arn:aws:iam::111122223333:role/x",
          "aws:SourceArn": "arn:aws:iam::111122223333:role/x",
        },
      },
    ),
    applies(
      "work in Bool",
      { Condition: { Bool: { "aws:SecureTransport": "${aws:PrincipalTag/secure}" } } },
      { context: { "aws:PrincipalTag/secure": "true", "aws:SecureTransport": "true" } },
    ),
    ignores(
      "compare with the request and not with themselves",
      { Condition: { StringEquals: { "aws:userid": "${aws:username}" } } },
      { context: { ...bob, "aws:userid": "7" } },
    ),
  ]);
});

describe("A policy of 2008-10-17", () => {
  const old = "2008-10-17";
  checkCases(
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html",
    [
      ignores("has no variables", home, at("bob/file", bob), old),
      applies("has their text as it stands", home, at("${aws:username}/file", bob), old),
      applies(
        "has their text as it stands in conditions",
        { Condition: { StringEquals: { "aws:userid": "${aws:username}" } } },
        { context: { "aws:userid": "${aws:username}" } },
        old,
      ),
      applies("has wildcards", { Resource: "arn:aws:s3:::bucket/*" }, at("file"), old),
      applies(
        "has * between braces as a wildcard",
        { Resource: "arn:aws:s3:::b${*}" },
        { resource: "arn:aws:s3:::b${x}" },
        old,
      ),
    ],
  );
});
