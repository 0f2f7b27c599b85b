/**
 * What a deployed service does: whether it is well, its figures, its alarms, and what it answers when asked.
 *
 * Takes service plans, and gateways to AWS. Gives facts, judged; figures over time; alarms with their reasons;
 * answers of functions. Its one rule: what is not known is said to be unknown, and is never 0.
 */
export type {
  Access,
  AlarmTransition,
  InvokeAnswer,
  InvokeRequest,
} from "../aws/index.ts";
export { type AlarmRow, alarmRows, findAlarm } from "./alarms/alarm-rows.ts";
export { openAlarms } from "./alarms/open-alarms.ts";
export { readableReason } from "./alarms/readable-reason.ts";
export { type FigureRow, readFigures } from "./figures/read-figures.ts";
export { selectFigures } from "./figures/select-figures.ts";
export { highest, latest, type Series, total } from "./figures/series.ts";
export {
  choosePeriod,
  parseDuration,
  parseInstant,
  periodsIn,
  smallestPeriod,
  type TimeWindow,
  windowOf,
} from "./figures/time-window.ts";
export { findFunction } from "./find-function.ts";
export { openFunctions } from "./invocation/open-functions.ts";
export { parseReport, type Report } from "./invocation/report.ts";
export { environmentStatus } from "./status/describe-status.ts";
export type { EnvironmentStatus, FunctionStatus } from "./status/environment-status.ts";
export type { Finding } from "./status/finding.ts";
export { gatherFacts, type StatusPorts } from "./status/gather.ts";
export { openStatus } from "./status/open-status.ts";
export { unreadEnvironment } from "./status/unread-environment.ts";
