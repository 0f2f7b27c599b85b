import type { ParsedLine } from "../../../observe/index.ts";
import type { Style } from "../../style.ts";
import { fieldText } from "./function-line.ts";

/** They say nothing that `REPORT` does not. */
const saysNoMore =
  /^(START RequestId:|END RequestId:|INIT_START )|^platform\.(start|end|runtimeDone|initStart|initRuntimeDone)$/;

/** What a report says, whichever of Lambda's two formats it has. Times in milliseconds, memory in MB. */
interface Report {
  readonly duration: number;
  readonly billed: number;
  readonly init: number | undefined;
  readonly memory: number;
  readonly used: number;
  readonly failure: string | undefined;
}

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
  const report = readReport(line);
  if (report !== undefined) return reportText(report, style);
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

function reportText(report: Report, style: Style): string {
  const { duration, billed, init, memory, used, failure } = report;
  const facts = [
    `${duration.toFixed(1)} ms`,
    `billed ${billed} ms`,
    ...(init === undefined ? [] : [`init ${init.toFixed(1)} ms`]),
    `memory ${used} of ${memory} MB`,
    ...(failure === undefined ? [] : [style.red(failure)]),
  ];
  return `${style.dim("REPORT")} ${facts.join(", ")}`;
}

function readReport(line: ParsedLine): Report | undefined {
  const { text, fields } = line;
  if (fields === null) return text.startsWith("REPORT RequestId:") ? ofText(text) : undefined;
  if (typeOf(line) !== "platform.report") return undefined;
  const { metrics, status, errorType } = Object(fields.record);
  const { durationMs, billedDurationMs, initDurationMs, memorySizeMB, maxMemoryUsedMB } =
    Object(metrics);
  return {
    duration: Number(durationMs ?? 0),
    billed: Number(billedDurationMs ?? 0),
    init: initDurationMs === undefined ? undefined : Number(initDurationMs),
    memory: Number(memorySizeMB ?? 0),
    used: Number(maxMemoryUsedMB ?? 0),
    failure: failureOf(status, errorType),
  };
}

function ofText(text: string): Report {
  const cell = (name: string) =>
    new RegExp(`\\t${name}: ([^\\t]*)`).exec(text)?.[1]?.replace(/ (ms|MB)$/, "");
  const init = cell("Init Duration");
  return {
    duration: Number(cell("Duration")),
    billed: Number(cell("Billed Duration")),
    init: init === undefined ? undefined : Number(init),
    memory: Number(cell("Memory Size")),
    used: Number(cell("Max Memory Used")),
    failure: failureOf(cell("Status"), cell("Error Type")),
  };
}

function failureOf(status: unknown, errorType: unknown): string | undefined {
  if (status === undefined || status === "success") return undefined;
  return errorType === undefined ? String(status) : `${status}: ${errorType}`;
}

function typeOf({ fields }: ParsedLine): string | undefined {
  const type = fields?.type;
  return typeof type === "string" && type.startsWith("platform.") ? type : undefined;
}
