import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AlarmRule,
  type AlarmState,
  alarmsIn,
  parseRule,
  printRule,
  ruleHolds,
} from "../../index.ts";

const states: Readonly<Record<string, AlarmState>> = {
  CPU: "ALARM",
  Disk: "OK",
  New: "INSUFFICIENT_DATA",
};
const stateOf = (alarm: string) => states[alarm];

describe("a composite alarm's rule", () => {
  it.each([
    ["ALARM(CPU) AND ALARM(Disk)", false],
    ["ALARM(CPU) AND NOT ALARM(Disk)", true],
    ["(ALARM(CPU) OR ALARM(Disk)) AND OK(New)", false],
    ['ALARM("CPU") OR FALSE', true],
    ["NOT (TRUE AND ALARM(Disk))", true],
    ["INSUFFICIENT_DATA(New)", true],
    ["TRUE OR ALARM(CPU) AND FALSE", true],
    ["ALARM(gone)", false],
    ["NOT OK(gone)", true],
  ])("holds or not by the states of its alarms: %s", (text, expected) => {
    expect(ruleHolds(parseRule(text), stateOf)).toBe(expected);
  });

  it("names each of its alarms once, by name or ARN", () => {
    const arn = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:one";
    const rule = parseRule(`ALARM("${arn}") OR NOT (OK(two) AND ALARM(two)) OR TRUE`);
    expect(alarmsIn(rule)).toEqual([arn, "two"]);
  });

  it.each(["", "ALARM", "ALARM()", 'ALARM("")', "ALARM(a", "alarm(a)", "ALARM(a) ALARM(b)", "AND"])(
    "is refused where CloudWatch would: %j",
    (text) => {
      expect(() => parseRule(text)).toThrow("This is no rule of a composite alarm");
    },
  );

  const { any } = fc.letrec<{ any: AlarmRule }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 5 },
      fc.record({ type: fc.constant("constant" as const), value: fc.boolean() }),
      fc.record({
        type: fc.constant("state" as const),
        state: fc.constantFrom("OK" as const, "ALARM" as const, "INSUFFICIENT_DATA" as const),
        alarm: fc.constantFrom("CPU", "Disk", "a name"),
      }),
      fc.record({ type: fc.constant("not" as const), operand: tie("any") }),
      fc.record({
        type: fc.constantFrom("and" as const, "or" as const),
        left: tie("any"),
        right: tie("any"),
      }),
    ),
  }));

  it("is printed as what is read as the same, and says the same", () => {
    fc.assert(
      fc.property(any, (rule) => {
        const again = parseRule(printRule(rule));
        expect(again).toEqual(rule);
        expect(ruleHolds(again, stateOf)).toBe(ruleHolds(rule, stateOf));
      }),
    );
  });
});
