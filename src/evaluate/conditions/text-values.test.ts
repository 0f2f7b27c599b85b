import { describe } from "vitest";
import { applies, checkCases, ignores } from "../../../test/policy-cases.ts";

const operators =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
const when = (operator: string, value: string | boolean | (string | boolean)[], key = "aws:k") => ({
  Condition: { [operator]: { [key]: value } },
});
const has = (value: string, key = "aws:k") => ({ context: { [key]: value } });

describe("String operators", () => {
  checkCases(`${operators}#Conditions_String`, [
    applies("StringEquals: the same", when("StringEquals", "johndoe"), has("johndoe")),
    ignores("StringEquals: minds the case", when("StringEquals", "johndoe"), has("JohnDoe")),
    ignores("StringEquals: has no wildcards", when("StringEquals", "john*"), has("johndoe")),
    applies("StringEquals: has * as a character", when("StringEquals", "john*"), has("john*")),
    ignores("StringEquals: not a part", when("StringEquals", "john"), has("johndoe")),
    applies("StringEquals: one of its values", when("StringEquals", ["a", "b"]), has("b")),
    ignores("StringEquals: none of its values", when("StringEquals", ["a", "b"]), has("c")),
    applies("StringEquals: an empty text", when("StringEquals", ""), has("")),
    applies("StringNotEquals: another", when("StringNotEquals", "johndoe"), has("JohnDoe")),
    ignores("StringNotEquals: the same", when("StringNotEquals", "johndoe"), has("johndoe")),
    ignores("StringNotEquals: one of its values", when("StringNotEquals", ["a", "b"]), has("b")),
    applies("StringNotEquals: none of its values", when("StringNotEquals", ["a", "b"]), has("c")),
    applies(
      "StringEqualsIgnoreCase: any case",
      when("StringEqualsIgnoreCase", "JohnDoe"),
      has("JOHNdoe"),
    ),
    ignores(
      "StringEqualsIgnoreCase: another",
      when("StringEqualsIgnoreCase", "JohnDoe"),
      has("janedoe"),
    ),
    ignores(
      "StringEqualsIgnoreCase: has no wildcards",
      when("StringEqualsIgnoreCase", "John*"),
      has("johndoe"),
    ),
    ignores(
      "StringNotEqualsIgnoreCase: any case",
      when("StringNotEqualsIgnoreCase", "JohnDoe"),
      has("johndoe"),
    ),
    applies(
      "StringNotEqualsIgnoreCase: another",
      when("StringNotEqualsIgnoreCase", "JohnDoe"),
      has("janedoe"),
    ),
    applies("StringLike: * is any text", when("StringLike", "home/*"), has("home/bob/x")),
    applies("StringLike: * is no text", when("StringLike", "home/*"), has("home/")),
    applies("StringLike: * is colons too", when("StringLike", "a*z"), has("a:b:z")),
    applies("StringLike: ? is one character", when("StringLike", "t?.micro"), has("t2.micro")),
    ignores("StringLike: ? is not two", when("StringLike", "t?.micro"), has("t10.micro")),
    ignores("StringLike: minds the case", when("StringLike", "home/*"), has("Home/bob")),
    ignores("StringLike: is of the whole text", when("StringLike", "ome"), has("home")),
    applies(
      "StringLike: without wildcards is equality",
      when("StringLike", ["", "home/"]),
      has(""),
    ),
    applies(
      "StringLike: has other signs as they are",
      when("StringLike", "a.b+(c)[d]^*"),
      has("a.b+(c)[d]^e"),
    ),
    ignores("StringLike: a point is a point", when("StringLike", "a.b*"), has("axb")),
    applies("StringLike: * crosses lines", when("StringLike", "a*b"), has("a\nb")),
    ignores("StringNotLike: what is like it", when("StringNotLike", "home/*"), has("home/bob")),
    applies("StringNotLike: what is not", when("StringNotLike", "home/*"), has("work/bob")),
    ignores(
      "StringNotLike: what is like one of its values",
      when("StringNotLike", ["a*", "b*"]),
      has("bc"),
    ),
  ]);
});

describe("The key of a condition", () => {
  checkCases(
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html",
    [
      applies(
        "may be in any case",
        when("StringEquals", "x", "aws:SourceIP"),
        has("x", "AWS:SourceIp"),
      ),
      ignores(
        "is of no other name",
        when("StringEquals", "x", "aws:SourceIp"),
        has("x", "aws:SourceVpc"),
      ),
      applies(
        "may have a tag's name in it",
        when("StringEquals", "x", "aws:ResourceTag/a:b"),
        has("x", "aws:resourcetag/A:B"),
      ),
      ignores("is not one that every object has", when("StringLike", "*", "aws:constructor"), {
        context: {},
      }),
    ],
  );
});

describe("Bool", () => {
  checkCases(`${operators}#Conditions_Boolean`, [
    applies("the same", when("Bool", "false"), has("false")),
    ignores("the opposite", when("Bool", "false"), has("true")),
    applies("without quotes", when("Bool", true), has("true")),
    applies("in any case", when("Bool", "True"), has("TRUE")),
    ignores("no boolean at all", when("Bool", "true"), has("yes")),
    ignores("no key", when("Bool", "false"), { context: {} }),
    applies("no key, with IfExists", when("BoolIfExists", "false"), { context: {} }),
    ignores("another value, with IfExists", when("BoolIfExists", "false"), has("true")),
  ]);
});

describe("ARN operators", () => {
  const finance = "arn:aws:someservice:*:111122223333:finance/*";
  const forged =
    "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
  const topic = "arn:aws:sns:eu-west-1:111122223333:topic";
  checkCases(`${operators}#Conditions_ARN`, [
    applies(
      "ArnLike: wildcards",
      when("ArnLike", finance),
      has("arn:aws:someservice:us-east-2:111122223333:finance/a"),
    ),
    ignores("ArnLike: no wildcard reaches over a colon", when("ArnLike", finance), has(forged)),
    applies("StringLike: a wildcard does", when("StringLike", finance), has(forged)),
    applies("ArnEquals: has wildcards too", when("ArnEquals", "arn:aws:sns:*:*:t?pic"), has(topic)),
    ignores("ArnEquals: no wildcard reaches over a colon", when("ArnEquals", finance), has(forged)),
    applies("ArnEquals: the same", when("ArnEquals", topic), has(topic)),
    ignores(
      "ArnEquals: minds the case",
      when("ArnEquals", topic),
      has(topic.replace("topic", "Topic")),
    ),
    applies(
      "ArnLike: colons behind the fifth",
      when("ArnLike", "arn:aws:lambda:*:*:function:*"),
      has("arn:aws:lambda:eu-west-1:1:function:f:live"),
    ),
    ignores(
      "ArnLike: less than six parts match nothing",
      when("ArnLike", "arn:aws:sns:*"),
      has(topic),
    ),
    ignores("ArnLike: * alone is no ARN", when("ArnLike", "*"), has(topic)),
    ignores("ArnLike: what is no ARN", when("ArnLike", "arn:*:*:*:*:*"), has("topic")),
    ignores("ArnNotLike: what is like it", when("ArnNotLike", "arn:aws:sns:*:*:*"), has(topic)),
    applies("ArnNotLike: what is not", when("ArnNotLike", "arn:aws:sqs:*:*:*"), has(topic)),
    ignores("ArnNotEquals: the same", when("ArnNotEquals", topic), has(topic)),
    applies("ArnNotEquals: another", when("ArnNotEquals", topic), has(`${topic}2`)),
    ignores(
      "ArnNotEquals: one of its values",
      when("ArnNotEquals", [`${topic}2`, topic]),
      has(topic),
    ),
  ]);
});
