import type { Section, Step } from "../../../runbook/index.ts";
import { fold, foldBehind } from "../../layout/fold.ts";
import type { Style } from "../../style.ts";

/** A section of the runbook, as it is read in a terminal. Commands stand in lines of their own, to be typed. */
export function sectionLines(section: Section, columns: number, style: Style): string[] {
  const { title, see, means, steps, check, escalate } = section;
  return [
    ...fold(`${title}.`, columns).map(style.bold),
    ...foldBehind("you see  ", see, columns),
    ...foldBehind("it means  ", means, columns),
    "",
    ...fold("do this", columns),
    ...stepLines(steps, columns, style),
    "",
    ...fold("check that it is over", columns),
    ...stepLines(check, columns, style),
    "",
    ...foldBehind("get help  ", escalate, columns),
  ];
}

function stepLines(steps: readonly Step[], columns: number, style: Style): string[] {
  return steps.flatMap(({ what, command }, index) => [
    ...foldBehind(`${index + 1}. `, what, columns),
    // Never broken: it is to be copied.
    ...(command === undefined ? [] : [`   ${style.green(command)}`]),
  ]);
}
