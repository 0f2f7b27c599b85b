import { type Expression, type Operator, operators } from "./expression.ts";

/** An expression as text, which `parseExpression` reads as the same one; parentheses only where they are needed. */
export function printExpression(expression: Expression): string {
  return print(expression, 0);
}

function print(expression: Expression, level: number): string {
  switch (expression.type) {
    case "number":
      return String(expression.value);
    case "metric":
      return expression.id;
    case "metrics":
      return expression.containing === "" ? "METRICS()" : `METRICS("${expression.containing}")`;
    case "list":
      return `[${listed(expression.items)}]`;
    case "call":
      return `${expression.name}(${listed(expression.arguments)})`;
    case "negative":
      return `-${print(expression.operand, operators.length)}`;
    case "operation": {
      const own = levelOf(expression.operator);
      // Equal ones are read from the left.
      const text = `${print(expression.left, own)} ${expression.operator} ${print(expression.right, own + 1)}`;
      return own < level ? `(${text})` : text;
    }
  }
}

function listed(items: readonly Expression[]): string {
  return items.map((item) => print(item, 0)).join(", ");
}

function levelOf(operator: Operator): number {
  return operators.findIndex((level) => level.some((one) => one === operator));
}
