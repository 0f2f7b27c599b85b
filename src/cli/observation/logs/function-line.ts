import { type ParsedLine, reaches } from "../../../observe/index.ts";
import type { Style } from "../../style.ts";

/** A JSON log line, in the field names of Powertools. */
export interface LogFields {
  readonly level: string;
  readonly message: string;
  readonly error?: unknown;
  readonly [field: string]: unknown;
}

/** The same on every line of a request. */
const everywhere = [
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
  // For CloudWatch, which makes metrics of the line.
  "_aws",
];

/** What a line has of a logger; undefined where it is text, or JSON of another kind. */
export function logFields({ fields }: ParsedLine): LogFields | undefined {
  const { level, message } = Object(fields);
  return typeof level === "string" && typeof message === "string"
    ? (fields as LogFields)
    : undefined;
}

/** The fields of a line that are its own, but for those that are told otherwise. */
export function ownFields(log: LogFields, told: readonly string[]): [string, unknown][] {
  return Object.entries(log).filter(
    ([name, value]) =>
      !everywhere.includes(name) && !told.includes(name) && name !== "error" && !isEmptyList(value),
  );
}

/**
 * A line that a function wrote, readable: a JSON log line as level, message and its own fields, a line of `console`
 * without time and id. Further lines are not indented.
 *
 * @param told fields that are told otherwise
 */
export function functionLineText(
  line: ParsedLine,
  style: Style,
  told: readonly string[] = [],
): string {
  const log = logFields(line);
  if (log === undefined) return painted(line.column, line, line.text, style);
  const { level, message, error } = log;
  const shown = ownFields(log, told).map(([name, value]) => fieldText(name, value));
  const head = [painted(level, line, message, style), ...shown].join(" ");
  return error === undefined || error === null ? head : `${head}\n${errorText(error)}`;
}

/** `count=3`; what is wrong with a request, which the runtime logs with every 4xx, as a sentence. */
export function fieldText(name: string, value: unknown): string {
  if (name === "errors" && Array.isArray(value)) {
    return value.map((one) => `${one?.field} ${one?.message}`).join("; ");
  }
  return `${name}=${JSON.stringify(value)}`;
}

/** @param name as the line has it; null where it names none */
function painted(name: string | null, { level }: ParsedLine, text: string, style: Style): string {
  if (name === null) return text;
  const paint = reaches(level, "ERROR")
    ? style.red
    : reaches(level, "WARN")
      ? style.yellow
      : style.dim;
  return `${paint(name)} ${text}`;
}

function errorText(error: unknown): string {
  const { stack } = Object(error);
  return typeof stack === "string" ? stack : JSON.stringify(error);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
