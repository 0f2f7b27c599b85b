/**
 * What to do: when a service is deployed, watched, developed or lost, and when an alarm fires.
 *
 * Takes the plans of a service. Gives its runbooks, as data and as Markdown, with commands that can be typed as they
 * are. Its one rule: it is pure, and names nothing that is not in the plans.
 */
export { renderAlarmRunbook } from "./alarm-markdown.ts";
export { alarmSections } from "./alarm-sections.ts";
export { commandWords, filledIn, placeholdersIn } from "./command-words.ts";
export { firesWhen } from "./fires-when.ts";
export { runbookMark } from "./mark.ts";
export {
  type Fact,
  type FactTable,
  type Placeholder,
  type Procedure,
  placeholders,
  type Runbook,
  type RunbookName,
  type RunbookSection,
  type RunbookStep,
  runbookNames,
} from "./runbook.ts";
export { renderRunbook } from "./runbook-markdown.ts";
export { runbookOf, usualPort } from "./runbook-of.ts";
export type { Section, Step } from "./section.ts";
export { type PlacedStep, resumeAt, selectedSteps } from "./selected-steps.ts";
