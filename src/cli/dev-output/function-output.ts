import { requestLogMessage } from "../../names.ts";
import { parseLine } from "../../observe/index.ts";
import { functionLineText, logFields, ownFields } from "../observation/logs/function-line.ts";
import type { Style } from "../style.ts";

/** The access line has them. */
const told = ["http_method", "http_route", "http_status", "duration_ms"];

/**
 * A line that a function wrote, readable. The line that ends each request is shown only where it says more
 * than the access line does.
 */
export function outputText(functionKey: string, line: string, style: Style): string | undefined {
  const parsed = parseLine(line);
  const log = logFields(parsed);
  const saysNoMore =
    log?.message === requestLogMessage &&
    log.error === undefined &&
    ownFields(log, told).length === 0;
  if (saysNoMore) return undefined;
  const [first = "", ...rest] = functionLineText(parsed, style, told).split(/\r\n?|\n/);
  return [`  ${style.dim(functionKey)} ${first}`, ...rest.map((more) => `    ${more}`)].join("\n");
}
