import { AlarmError } from "../alarm-error.ts";
import {
  type Expression,
  functions,
  isFunctionName,
  isOperator,
  type Operator,
  operators,
} from "./expression.ts";

/**
 * Reads metric maths as far as alarms are written in it: `+ - * /`, comparisons, `AND`/`&&`, `OR`/`||`, `IF`,
 * `FILL` with a number, `SUM`, `AVG`, `MIN`, `MAX`, `METRICS()`, lists, parentheses.
 *
 * @throws {AlarmError} ALARM_INVALID at anything else: an alarm that is half understood is a false one
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (2026-11-27)
 */
export function parseExpression(text: string): Expression {
  const tokens = text.match(/"[^"]*"|\d+(?:\.\d+)?|[A-Za-z]\w*|>=|<=|==|!=|&&|\|\||\S/g) ?? [];
  let place = 0;
  const next = () => tokens[place];
  const refuse = (): never => {
    throw new AlarmError(
      text,
      `This metric maths is not evaluated here, at ${next() ?? "its end"}.`,
      "use + - * /, comparisons, AND, OR, IF, FILL with a number, SUM, AVG, MIN, MAX and METRICS",
    );
  };
  const take = (token: string) => {
    if (next() !== token) refuse();
    place += 1;
  };

  const operation = (level: number): Expression => {
    const known: readonly string[] | undefined = operators[level];
    if (known === undefined) return negative();
    let left = operation(level + 1);
    for (let operator = meant(next()); known.includes(operator ?? ""); operator = meant(next())) {
      place += 1;
      const right = operation(level + 1);
      left = { type: "operation", operator: operator as Operator, left, right };
    }
    return left;
  };
  const negative = (): Expression => {
    if (next() !== "-") return primary();
    place += 1;
    return { type: "negative", operand: negative() };
  };
  const listUntil = (end: string): Expression[] => {
    const items = [operation(0)];
    while (next() === ",") {
      place += 1;
      items.push(operation(0));
    }
    take(end);
    return items;
  };
  const primary = (): Expression => {
    const token = next() ?? refuse();
    place += 1;
    if (/^\d/.test(token)) return { type: "number", value: Number(token) };
    if (token === "(") {
      const inner = operation(0);
      take(")");
      return inner;
    }
    if (token === "[") return { type: "list", items: listUntil("]") };
    if (token === "METRICS") return metrics();
    if (isFunctionName(token)) return call(token);
    // Functions are in capital letters, and ids begin with a small one.
    if (/^[a-z]/.test(token) && next() !== "(") return { type: "metric", id: token };
    place -= 1;
    return refuse();
  };
  const metrics = (): Expression => {
    take("(");
    const containing = /^"(.+)"$/.exec(next() ?? "")?.[1];
    if (containing !== undefined) place += 1;
    take(")");
    return { type: "metrics", containing: containing ?? "" };
  };
  const call = (name: keyof typeof functions): Expression => {
    take("(");
    const given = listUntil(")");
    const [least, most] = functions[name];
    if (given.length < least || given.length > most) refuse();
    return { type: "call", name, arguments: given };
  };

  const whole = operation(0);
  return place === tokens.length ? whole : refuse();
}

function meant(token: string | undefined): Operator | undefined {
  if (token === "&&") return "AND";
  if (token === "||") return "OR";
  return token !== undefined && isOperator(token) ? token : undefined;
}
