import type { Statement } from "./types.ts";

/** The IAM policy that is attached to a function's role: what AWS gets to see of a plan's statements. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Statement["conditions"];
}

/**
 * Renders a plan's statements, one for one and in their order. Conditions are sorted by operator and
 * key, so that the same permissions are the same bytes.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyDocument(statements: readonly Statement[]): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: statements.map(({ actions, resources, conditions }) => ({
      Effect: "Allow",
      Action: [...actions],
      Resource: [...resources],
      ...(Object.keys(conditions).length > 0 && { Condition: sortConditions(conditions) }),
    })),
  };
}

function sortConditions(conditions: Statement["conditions"]): Statement["conditions"] {
  return sortKeys(conditions, (keys) => sortKeys(keys, (values) => [...values]));
}

function sortKeys<Value, Result>(
  record: Readonly<Record<string, Value>>,
  convert: (value: Value) => Result,
): Record<string, Result> {
  const sorted = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, value]) => [key, convert(value)]));
}
