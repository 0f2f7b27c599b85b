/**
 * What deployed functions do: their log lines, and what they have used.
 *
 * Takes log groups, a source of figures and a clock as ports. Gives lines of many groups in order of time, once or as
 * long as somebody follows, what is looked for in them, and what a service has used in a time. Its one rule: what it has
 * of AWS comes from `aws`, and it changes nothing.
 */
export type { QueryState } from "../aws/index.ts";
export { type Clock, systemClock } from "./logs/clock.ts";
export { idPattern, linkedIds, withIds } from "./logs/ids.ts";
export { type Level, levelNames, parseLevel, reaches } from "./logs/level.ts";
export { parseFilter } from "./logs/line-filter.ts";
export type { LogGroup, LogLine, LogSource } from "./logs/log-source.ts";
export type { Notice } from "./logs/notice.ts";
export { openLogs, timeOfAws } from "./logs/open-logs.ts";
export { type ParsedLine, parseLine } from "./logs/parse-line.ts";
export { parseMoment } from "./logs/parse-moment.ts";
export { type LinesRead, type ReadOptions, readLogs } from "./logs/read-logs.ts";
export { type QueryAnswer, type QuerySource, runQuery } from "./logs/run-query.ts";
export { ofVersions } from "./logs/stream-version.ts";
export { type FigureSource, measureUse } from "./use/measure-use.ts";
