import { nearest } from "../../errors/index.ts";
import type { ContextValue } from "../policy.ts";
import { PolicyError } from "../policy-error.ts";
import type { KeyLookup } from "../request.ts";
import type { ValueReading } from "./comparison.ts";
import { type Operator, operators } from "./operators.ts";

/** Whether a request meets a condition. */
export type Condition = (key: KeyLookup) => boolean;

/**
 * Reads one condition: an operator such as `ForAllValues:StringLikeIfExists`, a key, and values of
 * which one has to match.
 *
 * @throws {PolicyError} where the operator is unknown, or a value not of its type
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function prepareCondition(
  written: string,
  keyName: string,
  values: readonly string[],
  reading: ValueReading,
): Condition {
  const { quantifier, name, ifExists } = parseOperator(written);
  if (name === "Null" && !ifExists) return prepareNull(quantifier, keyName, values, reading.at);
  const operator = operators.get(name);
  if (operator === undefined) throw unknownOperator(written, name, reading.at);

  const holdsFor = prepareValues(operator, values, reading);
  if (quantifier === "ForAllValues") {
    return (key) => {
      const set = setOf(key(keyName));
      return isNullSet(set) || set.every((value) => holdsFor(value, key));
    };
  }
  if (quantifier === "ForAnyValue") {
    // Without the key it is false, with IfExists too.
    return (key) => {
      const set = setOf(key(keyName));
      return !isNullSet(set) && set.some((value) => holdsFor(value, key));
    };
  }
  return (key) => {
    const value = key(keyName);
    if (value === undefined) return ifExists || operator.negated;
    // AWS asks for a quantifier on a multivalued key; without one the condition is not met.
    return typeof value === "string" && holdsFor(value, key);
  };
}

interface OperatorName {
  readonly quantifier: string | undefined;
  readonly name: string;
  readonly ifExists: boolean;
}

function parseOperator(written: string): OperatorName {
  const [, quantifier, name = "", suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(written) ?? [];
  return { quantifier, name, ifExists: suffix !== undefined };
}

/** Whether one value of the request matches one of the policy's, or none of them for a negated operator. */
function prepareValues(
  { compare, negated }: Operator,
  values: readonly string[],
  reading: ValueReading,
): (value: string, key: KeyLookup) => boolean {
  const matchers = values.map((value) => compare(value, reading));
  return (value, key) => matchers.some((matches) => matches(value, key)) !== negated;
}

/**
 * `Null`: `true` asks that the key is not there, `false` that it is. With `ForAllValues:` it is always
 * true, with `ForAnyValue:` never.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-null-with-qualifier
 */
function prepareNull(
  quantifier: string | undefined,
  keyName: string,
  values: readonly string[],
  at: string,
): Condition {
  const wanted = values.map((value) => value.toLowerCase());
  const wrong = wanted.findIndex((value) => value !== "true" && value !== "false");
  if (wrong !== -1) {
    const fix = 'write "true" (the key is not there) or "false" (it is)';
    throw new PolicyError(at, `"${values[wrong]}" is no boolean.`, fix);
  }
  if (quantifier !== undefined) return () => quantifier === "ForAllValues";
  return (key) => {
    const value = key(keyName);
    const isNull = value === undefined || (typeof value !== "string" && isNullSet(value));
    return wanted.includes(String(isNull));
  };
}

function setOf(value: ContextValue | undefined): readonly string[] {
  return typeof value === "string" ? [value] : (value ?? []);
}

/** AWS calls it a null data set: no values, or nothing but empty ones. */
function isNullSet(values: readonly string[]): boolean {
  return values.every((value) => value === "");
}

function unknownOperator(written: string, name: string, at: string): PolicyError {
  const near = name === "Null" ? "Null" : nearest(name, [...operators.keys(), "Null"]);
  const fix = near === undefined ? "use one of IAM's condition operators" : `use ${near}`;
  return new PolicyError(at, `There is no condition operator ${written}.`, fix);
}
