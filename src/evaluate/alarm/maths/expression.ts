/** An expression of CloudWatch's metric maths, read. */
export type Expression =
  | { readonly type: "number"; readonly value: number }
  /** The metric, or the other expression, of this id. */
  | { readonly type: "metric"; readonly id: string }
  /** All metrics, or those whose id contains a text. */
  | { readonly type: "metrics"; readonly containing: string }
  | { readonly type: "list"; readonly items: readonly Expression[] }
  | { readonly type: "negative"; readonly operand: Expression }
  | {
      readonly type: "operation";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly type: "call";
      readonly name: FunctionName;
      readonly arguments: readonly Expression[];
    };

export type Operator = (typeof operators)[number][number];

/**
 * Those that bind weaker first. CloudWatch documents no order; this is that of every other language, and
 * whoever mixes `AND` and `OR` does well to write parentheses.
 */
export const operators = [
  ["OR"],
  ["AND"],
  ["==", "!=", "<=", ">=", "<", ">"],
  ["+", "-"],
  ["*", "/"],
] as const;

/** Each function, with the least and the most arguments that it takes. */
export const functions = {
  IF: [2, 3],
  FILL: [2, 2],
  SUM: [1, 1],
  AVG: [1, 1],
  MIN: [1, 1],
  MAX: [1, 1],
} as const;

export type FunctionName = keyof typeof functions;

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functions, name);
}

export function isOperator(token: string): token is Operator {
  return operators.some((level) => level.some((one) => one === token));
}
