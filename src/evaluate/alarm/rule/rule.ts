import type { AlarmState } from "../judge-datapoints.ts";

/** What a composite alarm says of other alarms. */
export type AlarmRule =
  | { readonly type: "constant"; readonly value: boolean }
  /** Whether an alarm, by its name or ARN, is in a state. */
  | { readonly type: "state"; readonly state: AlarmState; readonly alarm: string }
  | { readonly type: "not"; readonly operand: AlarmRule }
  | { readonly type: "and" | "or"; readonly left: AlarmRule; readonly right: AlarmRule };

/** A rule as text; parentheses only where they are needed. */
export function printRule(rule: AlarmRule): string {
  switch (rule.type) {
    case "constant":
      return rule.value ? "TRUE" : "FALSE";
    case "state":
      return `${rule.state}("${rule.alarm}")`;
    case "not":
      return `NOT ${enclosed(rule.operand, ["and", "or"])}`;
    case "and":
      return `${enclosed(rule.left, ["or"])} AND ${enclosed(rule.right, ["or", "and"])}`;
    case "or":
      return `${printRule(rule.left)} OR ${enclosed(rule.right, ["or"])}`;
  }
}

function enclosed(rule: AlarmRule, weaker: readonly AlarmRule["type"][]): string {
  return weaker.includes(rule.type) ? `(${printRule(rule)})` : printRule(rule);
}

/** The alarms that a rule looks at, each once. */
export function alarmsIn(rule: AlarmRule): string[] {
  const all = (one: AlarmRule): string[] => {
    if (one.type === "state") return [one.alarm];
    if (one.type === "constant") return [];
    return one.type === "not" ? all(one.operand) : [...all(one.left), ...all(one.right)];
  };
  return [...new Set(all(rule))];
}

/**
 * Whether a composite alarm fires.
 *
 * @param stateOf the state of an alarm; one that is not there has no state, and no rule holds for it
 */
export function ruleHolds(
  rule: AlarmRule,
  stateOf: (alarm: string) => AlarmState | undefined,
): boolean {
  switch (rule.type) {
    case "constant":
      return rule.value;
    case "state":
      return stateOf(rule.alarm) === rule.state;
    case "not":
      return !ruleHolds(rule.operand, stateOf);
    case "and":
      return ruleHolds(rule.left, stateOf) && ruleHolds(rule.right, stateOf);
    case "or":
      return ruleHolds(rule.left, stateOf) || ruleHolds(rule.right, stateOf);
  }
}
