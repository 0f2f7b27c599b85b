/**
 * What a deployed service does: its log lines, whether it is well, its figures, its alarms, what it answers when asked,
 * and what it has used.
 *
 * Takes service plans, and gateways to AWS. Gives lines of many log groups in order of time, once or as long as somebody
 * follows; facts, judged; figures over time; alarms with their reasons; answers of functions. Its one rule: what is not
 * known is said to be unknown, and is never 0.
 */
export type {
  Access,
  InvokeAnswer,
  InvokeRequest,
  QueryState,
} from "../aws/index.ts";
export { type AlarmRow, alarmRows } from "./alarms/alarm-rows.ts";
export { type ChosenAlarms, chooseAlarms } from "./alarms/choose-alarms.ts";
export { openAlarms } from "./alarms/open-alarms.ts";
export {
  type AlarmHistory,
  type AlarmPorts,
  type AlarmsRead,
  readAlarms,
} from "./alarms/read-alarms.ts";
export {
  type FigureForm,
  readableReason,
  reasonText,
  side,
  statedReason,
  unitSuffixes,
} from "./alarms/readable-reason.ts";
export type { ServiceAlarmRow } from "./alarms/service-alarm-row.ts";
export { type FigureRow, readFigures } from "./figures/read-figures.ts";
export { selectFigures } from "./figures/select-figures.ts";
export { highest, latest, type Series, total } from "./figures/series.ts";
export { findFunction } from "./find-function.ts";
export { openFunctions } from "./invocation/open-functions.ts";
export { parseReport, type Report, readReport } from "./invocation/report.ts";
export { type Clock, systemClock } from "./logs/clock.ts";
export { idPattern, linkedIds, withIds } from "./logs/ids.ts";
export { type Level, levelNames, parseLevel, reaches } from "./logs/level.ts";
export { parseFilter } from "./logs/line-filter.ts";
export type { LogGroup, LogLine, LogSource } from "./logs/log-source.ts";
export type { Notice } from "./logs/notice.ts";
export { openLogs, timeOfAws } from "./logs/open-logs.ts";
export { type ParsedLine, parseLine } from "./logs/parse-line.ts";
export { type LinesRead, type ReadOptions, readLogs } from "./logs/read-logs.ts";
export { type QueryAnswer, type QuerySource, runQuery } from "./logs/run-query.ts";
export { ofVersions } from "./logs/stream-version.ts";
export {
  missingSecrets,
  openSecretStores,
  readSecretStates,
  type SecretStatus,
  type SecretStores,
} from "./secrets/secret-states.ts";
export { environmentStatus } from "./status/describe-status.ts";
export type { EnvironmentStatus, FunctionStatus } from "./status/environment-status.ts";
export type { Finding } from "./status/finding.ts";
export { gatherFacts, type StatusPorts } from "./status/gather.ts";
export { openStatus } from "./status/open-status.ts";
export { unreadEnvironment } from "./status/unread-environment.ts";
export { parseMoment, parseSpan } from "./time/parse-moment.ts";
export {
  choosePeriod,
  periodsIn,
  smallestPeriod,
  type TimeWindow,
  windowOf,
} from "./time/time-window.ts";
export { type FigureSource, measureUse } from "./use/measure-use.ts";
