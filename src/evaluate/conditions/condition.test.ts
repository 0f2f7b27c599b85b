import { describe } from "vitest";
import { applies, checkCases, ignores } from "../../../test/policy-cases.ts";

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const tags = (operator: string, values: string | string[] | boolean) => ({
  Condition: { [operator]: { "aws:TagKeys": values } },
});
const has = (...values: string[]) => ({ context: { "aws:TagKeys": values } });
const single = (value: string) => ({ context: { "aws:TagKeys": value } });
const absent = { context: {} };

describe("Several operators, keys and values", () => {
  const both = {
    Condition: {
      StringEquals: { "aws:PrincipalAccount": "111122223333" },
      StringLike: { "aws:PrincipalTag/role": ["audit", "secur*"], "aws:PrincipalTag/team": "red" },
    },
  };
  const audit = {
    "aws:PrincipalAccount": "111122223333",
    "aws:PrincipalTag/role": "audit",
    "aws:PrincipalTag/team": "red",
  };
  checkCases(`${guide}/reference_policies_condition-logic-multiple-context-keys-or-values.html`, [
    applies("all hold", both, { context: audit }),
    applies("another of a key's values", both, {
      context: { ...audit, "aws:PrincipalTag/role": "security" },
    }),
    ignores("one operator does not hold", both, {
      context: { ...audit, "aws:PrincipalAccount": "9" },
    }),
    ignores("one key does not hold", both, {
      context: { ...audit, "aws:PrincipalTag/team": "blue" },
    }),
    ignores("one key is absent", both, { context: { "aws:PrincipalAccount": "111122223333" } }),
    applies("no condition at all", { Condition: {} }, absent),
    applies("an operator without keys", { Condition: { StringEquals: {} } }, absent),
    ignores("a key without values", tags("StringEquals", []), single("a")),
    applies("a key without values, negated", tags("StringNotEquals", []), single("a")),
  ]);
});

describe("A key that is absent", () => {
  checkCases(`${guide}/reference_policies_elements_condition_operators.html`, [
    ignores("equals nothing", tags("StringEquals", "a"), absent),
    ignores("is like nothing", tags("StringLike", "*"), absent),
    ignores("is not less than a number", tags("NumericLessThan", "10"), absent),
    applies("is not equal", tags("StringNotEquals", "a"), absent),
    applies("is not like", tags("StringNotLike", "*"), absent),
    applies("is no ARN like it", tags("ArnNotLike", "arn:*:*:*:*:*"), absent),
    applies("is not equal as a number", tags("NumericNotEquals", "1"), absent),
    applies("is not equal as a date", tags("DateNotEquals", "2020-01-01"), absent),
  ]);
});

describe("...IfExists", () => {
  checkCases(`${guide}/reference_policies_elements_condition_operators.html#Conditions_IfExists`, [
    applies("holds without the key", tags("StringEqualsIfExists", "a"), absent),
    applies(
      "holds where the value matches",
      tags("StringLikeIfExists", ["t1.*", "t2.*"]),
      single("t2.micro"),
    ),
    ignores(
      "does not hold where it does not",
      tags("StringLikeIfExists", ["t1.*", "t2.*"]),
      single("m3.large"),
    ),
    applies("holds without the key, negated", tags("StringNotEqualsIfExists", "a"), absent),
    ignores(
      "does not hold where the value matches, negated",
      tags("StringNotEqualsIfExists", "a"),
      single("a"),
    ),
    applies("holds for numbers", tags("NumericLessThanIfExists", "10"), absent),
    applies("holds for dates", tags("DateLessThanIfExists", "2020-01-01"), absent),
    applies("holds for addresses", tags("IpAddressIfExists", "10.0.0.0/8"), absent),
    applies("holds for ARNs", tags("ArnLikeIfExists", "arn:aws:s3:::a"), absent),
    applies("holds for bytes", tags("BinaryEqualsIfExists", "YQ=="), absent),
    applies("without values holds without the key", tags("StringEqualsIfExists", []), absent),
    ignores("without values holds with no key", tags("StringEqualsIfExists", []), single("a")),
  ]);
});

describe("Null", () => {
  checkCases(`${guide}/reference_policies_elements_condition_operators.html#Conditions_Null`, [
    applies("true: the key is absent", tags("Null", "true"), absent),
    ignores("true: the key is there", tags("Null", "true"), single("a")),
    applies("false: the key is there", tags("Null", "false"), single("a")),
    ignores("false: the key is absent", tags("Null", "false"), absent),
    applies("without quotes", tags("Null", true), absent),
    applies("in any case", tags("Null", "False"), single("a")),
    applies("false: a list of values is there", tags("Null", "false"), has("a", "b")),
    applies("true: a list without values", tags("Null", "true"), has()),
    applies("true: a list of empty values", tags("Null", "true"), has("")),
    applies("false: an empty text is there", tags("Null", "false"), single("")),
    applies("both: always", tags("Null", ["true", "false"]), absent),
  ]);
});

describe("Null with a prefix", () => {
  const checks = `${guide}/access-analyzer-reference-policy-checks.html`;
  checkCases(`${checks}#access-analyzer-reference-policy-checks-suggestion-null-with-qualifier`, [
    applies("ForAllValues: always", tags("ForAllValues:Null", "true"), single("a")),
    applies("ForAllValues: always, without the key", tags("ForAllValues:Null", "false"), absent),
    ignores("ForAnyValue: never", tags("ForAnyValue:Null", "false"), single("a")),
    ignores("ForAnyValue: never, without the key", tags("ForAnyValue:Null", "true"), absent),
  ]);
});

const sets = `${guide}/reference_policies_condition-single-vs-multi-valued-context-keys.html`;

describe("ForAllValues", () => {
  const allowed = tags("ForAllValues:StringEquals", ["ID", "Message", "Tags"]);
  checkCases(sets, [
    applies("every value is one of the policy's", allowed, has("Message", "Tags")),
    applies("the only value is one of the policy's", allowed, has("ID")),
    ignores("one value is none of the policy's", allowed, has("Message", "UserName")),
    applies("the key is absent", allowed, absent),
    applies("the key has no values", allowed, has()),
    applies("the key has an empty value only", allowed, has("")),
    ignores("an empty value beside another is a value", allowed, has("", "ID")),
    applies("takes a single value as a set of one", allowed, single("ID")),
    ignores("takes a single other value so too", allowed, single("UserName")),
    applies(
      "with wildcards",
      tags("ForAllValues:StringLike", "PRODUCT#*"),
      has("PRODUCT#1", "PRODUCT#2"),
    ),
    ignores(
      "with wildcards, one is not like it",
      tags("ForAllValues:StringLike", "PRODUCT#*"),
      has("PRODUCT#1", "USER#2"),
    ),
    applies(
      "negated: none is one of the policy's",
      tags("ForAllValues:StringNotEquals", ["a", "b"]),
      has("c", "d"),
    ),
    ignores(
      "negated: one is one of the policy's",
      tags("ForAllValues:StringNotEquals", ["a", "b"]),
      has("c", "b"),
    ),
    applies(
      "with IfExists, the key is absent",
      tags("ForAllValues:StringLikeIfExists", "a*"),
      absent,
    ),
    ignores(
      "with IfExists, one value does not match",
      tags("ForAllValues:StringLikeIfExists", "a*"),
      has("ab", "b"),
    ),
    applies(
      "without values in the policy, the key is absent",
      tags("ForAllValues:StringEquals", []),
      absent,
    ),
    ignores(
      "without values in the policy, the key is there",
      tags("ForAllValues:StringEquals", []),
      has("a"),
    ),
  ]);
});

describe("ForAnyValue", () => {
  const forbidden = tags("ForAnyValue:StringEquals", ["ID", "PostDateTime"]);
  checkCases(sets, [
    applies("one value is one of the policy's", forbidden, has("PostDateTime", "Message")),
    ignores("no value is one of the policy's", forbidden, has("UserName")),
    ignores("the key is absent", forbidden, absent),
    ignores("the key has no values", forbidden, has()),
    ignores("the key has an empty value only", tags("ForAnyValue:StringLike", "*"), has("")),
    applies("takes a single value as a set of one", forbidden, single("ID")),
    applies(
      "negated: one value is none of the policy's",
      tags("ForAnyValue:StringNotEquals", ["a", "b"]),
      has("a", "c"),
    ),
    ignores(
      "negated: every value is one of the policy's",
      tags("ForAnyValue:StringNotEquals", ["a", "b"]),
      has("a", "b"),
    ),
    ignores("negated: the key is absent", tags("ForAnyValue:StringNotEquals", "a"), absent),
    ignores(
      "with IfExists, the key is absent all the same",
      tags("ForAnyValue:StringLikeIfExists", "a*"),
      absent,
    ),
    applies("with numbers", tags("ForAnyValue:NumericGreaterThan", "5"), has("1", "9")),
    ignores("without values in the policy", tags("ForAnyValue:StringEquals", []), has("a")),
  ]);
});

describe("A multivalued key without a prefix", () => {
  checkCases(sets, [
    ignores("does not match", tags("StringEquals", "a"), has("a", "b")),
    ignores("does not match with one value", tags("StringEquals", "a"), has("a")),
    ignores("does not match where negated", tags("StringNotEquals", "c"), has("a", "b")),
    ignores("does not match with IfExists", tags("StringEqualsIfExists", "a"), has("a")),
    applies("without values is absent", tags("StringEqualsIfExists", "a"), has()),
  ]);
});
