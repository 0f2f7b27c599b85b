import { type Level, parseLevel } from "./level.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A line of a log, as far as it can be understood. */
export interface ParsedLine {
  /** What it says of itself; else INFO, and ERROR where Lambda tells a failure. */
  readonly level: Level;
  /** The level as Lambda's text format has it in its third column; null where there are no columns. */
  readonly column: string | null;
  /** Its JSON; null where it is text. */
  readonly fields: Fields | null;
  /** The line, or what Lambda's text format has in its last column. */
  readonly text: string;
}

/**
 * Reads a line of a function, of Lambda itself, or of API Gateway's access log.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html (2026-11-27)
 */
export function parseLine(message: string): ParsedLine {
  const line = message.replace(/[\r\n]+$/, "");
  const [, column, rest] = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[^\t]*\t([A-Z]+)\t(.*)$/s.exec(line) ?? [];
  const text = rest ?? line;
  const fields = parseFields(text);
  const stated = fields === null ? column : levelOf(fields);
  const level = stated === undefined ? undefined : parseLevel(stated);
  return {
    level: level ?? (isFailure(text, fields) ? "ERROR" : "INFO"),
    column: column ?? null,
    fields,
    text,
  };
}

function parseFields(text: string): Fields | null {
  if (!text.startsWith("{")) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function levelOf({ level, status, requestTime }: Fields): string | undefined {
  if (typeof level === "string") return level;
  // API Gateway's access log has none, and the status says it.
  if (requestTime === undefined) return undefined;
  const code = Number(status);
  return code >= 500 ? "ERROR" : code >= 400 ? "WARN" : "INFO";
}

/** A function that failed without a word of its own. */
function isFailure(text: string, fields: Fields | null): boolean {
  if (fields === null)
    return /Task timed out after|\tStatus: (error|timeout)|Error Type: /.test(text);
  const { status } = Object(fields.record);
  return String(fields.type).startsWith("platform.") && /^(error|failure|timeout)$/.test(status);
}
