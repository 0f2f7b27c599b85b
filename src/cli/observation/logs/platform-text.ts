import { type ParsedLine, type Report, readReport } from "../../../observe/index.ts";
import type { Style } from "../../style.ts";
import { fieldText } from "./function-line.ts";

/** They say nothing that `REPORT` does not. */
const saysNoMore =
  /^(START RequestId:|END RequestId:|INIT_START )|^platform\.(start|end|runtimeDone|initStart|initRuntimeDone)$/;

/** Whether a line of Lambda's own only tells what another one tells as well. */
export function isRedundant(line: ParsedLine): boolean {
  return saysNoMore.test(line.fields === null ? line.text : (typeOf(line) ?? ""));
}

/**
 * A line of Lambda's own: the report of an invocation as one line, others with what they say. Undefined where it is none.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html (2026-11-27)
 */
export function platformText(line: ParsedLine, style: Style): string | undefined {
  const report = readReport(line.text, line.fields);
  if (report !== undefined) return reportText(report, failureOf(line), style);
  const timeout = /^\d{4}-\S+Z \S+ (Task timed out after .*)$/.exec(line.text)?.[1];
  if (timeout !== undefined) return `${style.red("ERROR")} ${timeout}`;
  const type = typeOf(line);
  if (type === undefined) return undefined;
  const said = Object.entries(Object(line.fields?.record)).map(([name, value]) =>
    fieldText(name, value),
  );
  const paint = line.level === "ERROR" ? style.red : style.dim;
  return [paint(type), ...said].join(" ");
}

function reportText(report: Report, failure: string | undefined, style: Style): string {
  const { durationMilliseconds, billedMilliseconds, initMilliseconds, memoryMb, maxMemoryUsedMb } =
    report;
  const facts = [
    `${(durationMilliseconds ?? 0).toFixed(1)} ms`,
    `billed ${billedMilliseconds ?? 0} ms`,
    ...(initMilliseconds === null ? [] : [`init ${initMilliseconds.toFixed(1)} ms`]),
    `memory ${maxMemoryUsedMb ?? 0} of ${memoryMb ?? 0} MB`,
    ...(failure === undefined ? [] : [style.red(failure)]),
  ];
  return `${style.dim("REPORT")} ${facts.join(", ")}`;
}

/** How the invocation that is reported ended, where it did not end well. */
function failureOf({ text, fields }: ParsedLine): string | undefined {
  const cell = (name: string) => new RegExp(`\\t${name}: ([^\\t]*)`).exec(text)?.[1];
  const { status, errorType } =
    fields === null
      ? { status: cell("Status"), errorType: cell("Error Type") }
      : Object(fields.record);
  if (status === undefined || status === "success") return undefined;
  return errorType === undefined ? String(status) : `${status}: ${errorType}`;
}

function typeOf({ fields }: ParsedLine): string | undefined {
  const type = fields?.type;
  return typeof type === "string" && type.startsWith("platform.") ? type : undefined;
}
