import { requestLogMessage } from "../../names.ts";
import type { Style } from "../style.ts";

/** The same on every line of a request, and told by the access line anyway. */
const common = new Set([
  "level",
  "message",
  "timestamp",
  "service",
  "environment",
  "cold_start",
  "function_name",
  "function_memory_size",
  "function_arn",
  "function_request_id",
  "xray_trace_id",
  "correlation_id",
  "http_method",
  "http_route",
  "http_status",
  "duration_ms",
]);

/**
 * A line that a function wrote, readable: a JSON log line as level, message and its own fields, a line
 * of `console` without time and id. The line that ends each request is shown only where it says more
 * than the access line does.
 */
export function outputText(functionKey: string, line: string, style: Style): string | undefined {
  const { level, text } = parseConsoleLine(line);
  const log = parseLog(text);
  const shown = log === undefined ? painted(level, text, style) : logText(log, style);
  if (shown === undefined) return undefined;
  const [first = "", ...rest] = shown.split(/\r\n?|\n/);
  return [`  ${style.dim(functionKey)} ${first}`, ...rest.map((more) => `    ${more}`)].join("\n");
}

function logText(log: LogLine, style: Style): string | undefined {
  const { level, message, error } = log;
  const fields = Object.entries(log).filter(
    ([name, value]) => !common.has(name) && name !== "error" && !isEmptyList(value),
  );
  if (message === requestLogMessage && fields.length === 0 && error === undefined) return undefined;
  const shown = fields.map(([name, value]) =>
    name === "errors" ? fieldErrors(value) : `${name}=${JSON.stringify(value)}`,
  );
  const head = [painted(level, message, style), ...shown].join(" ");
  return error === undefined || error === null ? head : `${head}\n${errorText(error)}`;
}

/** @param level undefined where nobody named one */
function painted(level: string | undefined, text: string, style: Style): string {
  if (level === undefined) return text;
  const urgent = level === "ERROR" || level === "FATAL";
  const paint = urgent ? style.red : level === "WARN" ? style.yellow : style.dim;
  return `${paint(level)} ${text}`;
}

function errorText(error: unknown): string {
  const { stack } = Object(error);
  return typeof stack === "string" ? stack : JSON.stringify(error);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** What is wrong with a request, as a sentence; the runtime logs it with every 4xx. */
function fieldErrors(value: unknown): string {
  if (!Array.isArray(value)) return `errors=${JSON.stringify(value)}`;
  return value.map((one) => `${one?.field} ${one?.message}`).join("; ");
}

interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly error?: unknown;
}

function parseLog(line: string): LogLine | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value = JSON.parse(line);
    return typeof value.level === "string" && typeof value.message === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes Lambda's `{time}\t{request id}\t{level}\t` from what `console` wrote.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
function parseConsoleLine(line: string): { readonly level?: string; readonly text: string } {
  const [, level, text] = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[^\t]*\t([A-Z]+)\t(.*)$/s.exec(line) ?? [];
  return level === undefined || text === undefined ? { text: line } : { level, text };
}
