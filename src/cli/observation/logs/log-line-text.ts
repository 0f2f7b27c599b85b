import type { LogsAnswer } from "../../../answers/index.ts";
import { requestLogMessage } from "../../../names.ts";
import { type LogLine, type ParsedLine, parseLine, reaches } from "../../../observe/index.ts";
import { answerLine } from "../../answer-json.ts";
import type { Style } from "../../style.ts";
import { fieldText, functionLineText, logFields } from "./function-line.ts";
import { isRedundant, platformText } from "./platform-text.ts";
import { printableLine } from "./printable.ts";

/** How lines are shown. */
export interface LineLook {
  readonly style: Style;
  /** Milliseconds since 1970: lines of the same day, in UTC, have no date. */
  readonly now: number;
  /** As wide as the longest key. */
  readonly keyColumns: number;
}

/** Whether a person is shown a line: not what Lambda says twice. */
export function isShown({ message }: Pick<LogLine, "message">): boolean {
  return !isRedundant(parseLine(message));
}

/** A line of a deployed function, for a person: when, whose, and what. In UTC, as everything in Lambda. */
export function logLineText(line: LogLine, { style, now, keyColumns }: LineLook): string {
  const parsed = printableLine(parseLine(line.message));
  const [first = "", ...rest] = contentText(parsed, style).split("\n");
  const head = `${style.dim(timeText(line.timestamp, now))} ${style.bold(line.key.padEnd(keyColumns))}`;
  return [`${head} ${first}`, ...rest.map((more) => `    ${more}`)].join("\n");
}

/** The event itself, for a program. */
export function logLineJson({ timestamp, key, stream, message, id }: LogLine): string {
  const time = new Date(timestamp).toISOString();
  return answerLine<LogsAnswer>({ timestamp: time, function: key, stream, message, id });
}

/** `10:00:00.123Z`; `2026-11-26 23:59:59.999Z` where it was another day. */
export function timeText(timestamp: number, now: number): string {
  const [date = "", time = ""] = new Date(timestamp).toISOString().split("T");
  return date === new Date(now).toISOString().slice(0, 10) ? time : `${date} ${time}`;
}

function contentText(line: ParsedLine, style: Style): string {
  const platform = platformText(line, style);
  if (platform !== undefined) return platform;
  const log = logFields(line);
  if (log?.message === requestLogMessage) return withId(line, completedText(line, style), style);
  if (log !== undefined) return withId(line, functionLineText(line, style), style);
  if (line.fields?.requestTime !== undefined) return withId(line, accessText(line, style), style);
  if (line.fields?._aws !== undefined) return metricsText(line, style);
  return functionLineText(line, style);
}

/** What ends each request: what was asked and what it came to stand before the rest. */
function completedText(line: ParsedLine, style: Style): string {
  const { http_method, http_route, http_status, duration_ms } = Object(line.fields);
  const told = ["http_method", "http_route", "http_status", "duration_ms"];
  const [first = "", ...rest] = functionLineText(line, style, told).split("\n");
  const asked = [http_method, http_route, http_status].filter((one) => one !== undefined);
  const took = typeof duration_ms === "number" ? `${duration_ms.toFixed(1)} ms` : "";
  const facts = [...asked, took].filter((one) => one !== "").join(" ");
  return [first.replace(requestLogMessage, (found) => `${found} ${facts}`.trimEnd()), ...rest].join(
    "\n",
  );
}

/** A line of API Gateway's access log, as dev shows a request. */
function accessText({ fields, level }: ParsedLine, style: Style): string {
  const { method, status, path, latencyMs, integrationMs, errorType } = Object(fields);
  const paint = reaches(level, "ERROR")
    ? style.red
    : reaches(level, "WARN")
      ? style.yellow
      : style.green;
  const has = (value: unknown) => value !== undefined && value !== "-" && value !== "";
  return [
    `${String(method).padEnd(7)} ${paint(String(status))} ${path}`,
    ...(has(latencyMs) ? [` ${latencyMs} ms`] : []),
    ...(has(integrationMs) ? [`function ${integrationMs} ms`] : []),
    ...(has(errorType) ? [String(errorType)] : []),
  ].join(" ");
}

/** A line that is there for its metrics, without what only CloudWatch reads. */
function metricsText({ fields }: ParsedLine, style: Style): string {
  const shown = Object.entries(Object(fields)).filter(([name]) => name !== "_aws");
  return [style.dim("metrics"), ...shown.map(([name, value]) => fieldText(name, value))].join(" ");
}

/** Where something was wrong, the id with which everything of the request is found. */
function withId(line: ParsedLine, text: string, style: Style): string {
  const { function_request_id, requestId } = Object(line.fields);
  const id = function_request_id ?? requestId;
  if (typeof id !== "string" || !reaches(line.level, "WARN")) return text;
  const [first = "", ...rest] = text.split("\n");
  return [`${first} ${style.dim(`request_id=${id}`)}`, ...rest].join("\n");
}
