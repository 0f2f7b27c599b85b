import type { LogLine } from "./log-source.ts";
import { parseLine } from "./parse-line.ts";

/** Where lines have the ids of a request: those of functions, of Lambda itself, and of API Gateway's access log. */
const idFields = ["function_request_id", "correlation_id", "requestId", "integrationRequest"];

/**
 * Whether a line carries one of some ids, in any field or in its text, as a whole: `ab-1` is not in `ab-12`.
 */
export function withIds(wanted: Iterable<string>): (line: Pick<LogLine, "message">) => boolean {
  const any = [...wanted].map((id) => id.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  const pattern = new RegExp(`(?<![\\w-])(?:${any})(?![\\w-])`);
  return ({ message }) => pattern.test(message);
}

/**
 * The other ids of the request that a line belongs to. One request has three: API Gateway's, Lambda's, and the caller's
 * correlation id.
 */
export function linkedIds({ message }: Pick<LogLine, "message">): string[] {
  const { fields } = parseLine(message);
  if (fields === null) return [];
  const all = [...idFields.map((name) => fields[name]), Object(fields.record).requestId];
  // Callers choose correlation ids: one of a few letters would be in lines of anybody's.
  return all.filter((id): id is string => typeof id === "string" && id.length >= 8);
}

/** The longest pattern that CloudWatch takes. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html (2026-11-27) */
const longestPattern = 1_024;

/**
 * A filter pattern for lines with one of these ids, so that CloudWatch sends no others. Only where it cannot leave out
 * one that is wanted: of ids as machines make them, and no more than fit in.
 *
 * @returns undefined where CloudWatch has to send everything
 */
export function idPattern(wanted: Iterable<string>): string | undefined {
  const all = [...wanted];
  if (!all.every((id) => /^[A-Za-z0-9-]{8,128}$/.test(id))) return undefined;
  const pattern = all.length === 1 ? `"${all[0]}"` : all.map((id) => `?"${id}"`).join(" ");
  return pattern.length <= longestPattern ? pattern : undefined;
}
