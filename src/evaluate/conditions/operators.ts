import { inAddressRange } from "./address-values.ts";
import { sameBytes } from "./binary-values.ts";
import type { ValueComparison } from "./comparison.ts";
import { compareDates, compareNumbers } from "./number-values.ts";
import { likeArn, likeText, sameBoolean, sameText, sameTextAnyCase } from "./text-values.ts";

/** An operator compares, and a negated one takes the opposite: it holds where no value matches. */
export interface Operator {
  readonly compare: ValueComparison;
  readonly negated: boolean;
}

const is = (compare: ValueComparison): Operator => ({ compare, negated: false });
const isNot = (compare: ValueComparison): Operator => ({ compare, negated: true });

const equal = (asked: number, stated: number) => asked === stated;
const less = (asked: number, stated: number) => asked < stated;
const lessOrEqual = (asked: number, stated: number) => asked <= stated;
const greater = (asked: number, stated: number) => asked > stated;
const greaterOrEqual = (asked: number, stated: number) => asked >= stated;

/**
 * Every operator but `Null`, without prefix and suffix.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ["StringEquals", is(sameText)],
  ["StringNotEquals", isNot(sameText)],
  ["StringEqualsIgnoreCase", is(sameTextAnyCase)],
  ["StringNotEqualsIgnoreCase", isNot(sameTextAnyCase)],
  ["StringLike", is(likeText)],
  ["StringNotLike", isNot(likeText)],
  ["NumericEquals", is(compareNumbers(equal))],
  ["NumericNotEquals", isNot(compareNumbers(equal))],
  ["NumericLessThan", is(compareNumbers(less))],
  ["NumericLessThanEquals", is(compareNumbers(lessOrEqual))],
  ["NumericGreaterThan", is(compareNumbers(greater))],
  ["NumericGreaterThanEquals", is(compareNumbers(greaterOrEqual))],
  ["DateEquals", is(compareDates(equal))],
  ["DateNotEquals", isNot(compareDates(equal))],
  ["DateLessThan", is(compareDates(less))],
  ["DateLessThanEquals", is(compareDates(lessOrEqual))],
  ["DateGreaterThan", is(compareDates(greater))],
  ["DateGreaterThanEquals", is(compareDates(greaterOrEqual))],
  ["Bool", is(sameBoolean)],
  ["BinaryEquals", is(sameBytes)],
  ["IpAddress", is(inAddressRange)],
  ["NotIpAddress", isNot(inAddressRange)],
  ["ArnEquals", is(likeArn)],
  ["ArnLike", is(likeArn)],
  ["ArnNotEquals", isNot(likeArn)],
  ["ArnNotLike", isNot(likeArn)],
]);
