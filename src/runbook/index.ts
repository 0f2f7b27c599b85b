/**
 * What to do when an alarm fires.
 *
 * Takes the plans of a service. Gives its runbook as Markdown, a section for each kind of alarm that it has, with
 * commands that can be typed as they are. Its one rule: it is pure, and names nothing that is not in the plan.
 */
export { alarmSections } from "./alarm-sections.ts";
export { firesWhen, renderAlarmRunbook, runbookMark } from "./render.ts";
export type { Section, Step } from "./section.ts";
