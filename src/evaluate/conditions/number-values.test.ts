import { describe } from "vitest";
import { applies, checkCases, ignores } from "../../../test/policy-cases.ts";

const operators =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
const keys = (operator: string, value: string | number | (string | number)[]) => ({
  Condition: { [operator]: { "s3:max-keys": value } },
});
const has = (value: string) => ({ context: { "s3:max-keys": value } });

describe("Numeric operators", () => {
  checkCases(`${operators}#Conditions_Numeric`, [
    applies("NumericEquals: the same", keys("NumericEquals", "10"), has("10")),
    applies("NumericEquals: the same, written otherwise", keys("NumericEquals", "10"), has("10.0")),
    ignores("NumericEquals: another", keys("NumericEquals", "10"), has("11")),
    applies("NumericEquals: without quotes", keys("NumericEquals", 10), has("10")),
    applies("NumericEquals: one of its values", keys("NumericEquals", ["9", 10]), has("10")),
    applies("NumericEquals: below zero", keys("NumericEquals", "-1.5"), has("-1.50")),
    ignores("NumericNotEquals: the same", keys("NumericNotEquals", "10"), has("10")),
    applies("NumericNotEquals: another", keys("NumericNotEquals", "10"), has("11")),
    ignores("NumericNotEquals: one of its values", keys("NumericNotEquals", ["9", "10"]), has("9")),
    applies("NumericLessThan: less", keys("NumericLessThan", "10"), has("9")),
    ignores("NumericLessThan: as much", keys("NumericLessThan", "10"), has("10")),
    applies("NumericLessThanEquals: as much", keys("NumericLessThanEquals", "10"), has("10")),
    ignores("NumericLessThanEquals: more", keys("NumericLessThanEquals", "10"), has("10.1")),
    applies("NumericGreaterThan: more", keys("NumericGreaterThan", "10"), has("100")),
    ignores("NumericGreaterThan: as much", keys("NumericGreaterThan", "10"), has("10")),
    applies("NumericGreaterThanEquals: as much", keys("NumericGreaterThanEquals", "10"), has("10")),
    ignores("NumericGreaterThanEquals: less", keys("NumericGreaterThanEquals", "10"), has("9")),
    ignores("compares numbers and not texts", keys("NumericLessThan", "9"), has("10")),
    ignores("what is no number is not less", keys("NumericLessThan", "10"), has("")),
    applies("what is no number is not equal", keys("NumericNotEquals", "10"), has("ten")),
    ignores("no key", keys("NumericLessThan", "10"), { context: {} }),
  ]);
});

const time = (operator: string, value: string | number) => ({
  Condition: { [operator]: { "aws:CurrentTime": value } },
});
const now = (value: string) => ({ context: { "aws:CurrentTime": value } });
const noon = "2020-01-01T12:00:00Z";

describe("Date operators", () => {
  checkCases(`${operators}#Conditions_Date`, [
    applies("DateEquals: the same", time("DateEquals", noon), now(noon)),
    applies(
      "DateEquals: the same in another zone",
      time("DateEquals", noon),
      now("2020-01-01T13:00:00+01:00"),
    ),
    applies(
      "DateEquals: the same in seconds since 1970",
      time("DateEquals", noon),
      now("1577880000"),
    ),
    applies("DateEquals: seconds without quotes", time("DateEquals", 1577880000), now(noon)),
    applies("DateEquals: without seconds", time("DateEquals", "2020-01-01T12:00Z"), now(noon)),
    applies(
      "DateEquals: with parts of seconds",
      time("DateEquals", "2020-01-01T12:00:00.000Z"),
      now(noon),
    ),
    applies(
      "DateEquals: without a zone it is UTC",
      time("DateEquals", "2020-01-01T12:00:00"),
      now(noon),
    ),
    applies(
      "DateEquals: a day is its first moment",
      time("DateEquals", "2020-01-01"),
      now("2020-01-01T00:00:00Z"),
    ),
    applies(
      "DateEquals: a month is its first moment",
      time("DateEquals", "2020-01"),
      now("2020-01-01T00:00:00Z"),
    ),
    applies("DateEquals: in small letters", time("DateEquals", noon.toLowerCase()), now(noon)),
    ignores("DateEquals: another", time("DateEquals", noon), now("2020-01-01T12:00:01Z")),
    ignores("DateNotEquals: the same", time("DateNotEquals", noon), now(noon)),
    applies("DateNotEquals: another", time("DateNotEquals", noon), now("2021-01-01T12:00:00Z")),
    applies("DateLessThan: before", time("DateLessThan", noon), now("2020-01-01T11:59:59Z")),
    ignores("DateLessThan: at", time("DateLessThan", noon), now(noon)),
    applies("DateLessThanEquals: at", time("DateLessThanEquals", noon), now(noon)),
    ignores(
      "DateLessThanEquals: after",
      time("DateLessThanEquals", noon),
      now("2020-01-02T00:00:00Z"),
    ),
    applies("DateGreaterThan: after", time("DateGreaterThan", noon), now("2020-01-01T12:00:01Z")),
    ignores("DateGreaterThan: at", time("DateGreaterThan", noon), now(noon)),
    applies("DateGreaterThanEquals: at", time("DateGreaterThanEquals", noon), now(noon)),
    ignores(
      "DateGreaterThanEquals: before",
      time("DateGreaterThanEquals", noon),
      now("2019-12-31T00:00:00Z"),
    ),
    ignores("what is no date is not later", time("DateGreaterThan", noon), now("tomorrow")),
    applies(
      "what is no date is not equal",
      time("DateNotEquals", noon),
      now("2020-13-45T00:00:00Z"),
    ),
  ]);
});
