import { AlarmError } from "../alarm-error.ts";
import type { AlarmState } from "../judge-datapoints.ts";
import type { AlarmRule } from "./rule.ts";

const states: readonly string[] = ["ALARM", "OK", "INSUFFICIENT_DATA"] satisfies AlarmState[];

/**
 * Reads the rule of a composite alarm: `ALARM`, `OK` and `INSUFFICIENT_DATA` of an alarm's name or ARN, in quotes or
 * without, `TRUE`, `FALSE`, `AND`, `OR`, `NOT`, parentheses. `AND` binds stronger than `OR`, which AWS does not
 * document: write parentheses where both are.
 *
 * @throws {AlarmError} ALARM_INVALID at anything else
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (2026-11-27)
 */
export function parseRule(text: string): AlarmRule {
  const tokens = text.match(/"[^"]*"|[()]|[^\s()"]+/g) ?? [];
  let place = 0;
  const next = () => tokens[place];
  const refuse = (): never => {
    throw new AlarmError(
      text,
      `This is no rule of a composite alarm, at ${next() ?? "its end"}.`,
      'write it as ALARM("one") OR ALARM("other")',
    );
  };
  const take = (token: string) => {
    if (next() !== token) refuse();
    place += 1;
  };
  const chain = (operator: "and" | "or", operand: () => AlarmRule) => (): AlarmRule => {
    let left = operand();
    while (next() === operator.toUpperCase()) {
      place += 1;
      left = { type: operator, left, right: operand() };
    }
    return left;
  };
  const primary = (): AlarmRule => {
    const token = next() ?? refuse();
    place += 1;
    if (token === "NOT") return { type: "not", operand: primary() };
    if (token === "TRUE" || token === "FALSE") return { type: "constant", value: token === "TRUE" };
    if (token === "(") {
      const inner = or();
      take(")");
      return inner;
    }
    if (!states.includes(token)) {
      place -= 1;
      return refuse();
    }
    take("(");
    const alarm = (next() ?? refuse()).replace(/^"(.*)"$/, "$1");
    if (alarm === "" || alarm === "(" || alarm === ")") refuse();
    place += 1;
    take(")");
    return { type: "state", state: token as AlarmState, alarm };
  };
  const or = chain("or", chain("and", primary));

  const whole = or();
  return place === tokens.length ? whole : refuse();
}
