/**
 * The log lines that Lambda itself writes, in its text format.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */

export type Status = { readonly status: "timeout" } | { readonly errorType: string };

/** @param runtime `nodejs22.x` */
export function initStartLine(runtime: string): string {
  const version = runtime.replace(/^nodejs(\d+)\.x$/, "nodejs:$1.local");
  return `INIT_START Runtime Version: ${version}\tRuntime Version ARN: none on this machine`;
}

/** Only where the init phase fails. The second try is part of the first invocation. */
export function initReportLine(
  milliseconds: number,
  phase: "init" | "invoke",
  status: Status,
): string {
  return `INIT_REPORT Init Duration: ${milliseconds.toFixed(2)} ms\tPhase: ${phase}${statusText(status)}`;
}

export function startLine(requestId: string): string {
  return `START RequestId: ${requestId} Version: $LATEST`;
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}`;
}

export function timeoutLine(requestId: string, time: Date, timeoutSeconds: number): string {
  return `${time.toISOString()} ${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
}

export interface ReportFacts {
  readonly requestId: string;
  readonly durationMilliseconds: number;
  readonly billedMilliseconds: number;
  readonly memoryMb: number;
  readonly maxMemoryUsedMb: number;
  readonly initMilliseconds?: number;
}

export function reportLine(facts: ReportFacts, status?: Status): string {
  const { initMilliseconds } = facts;
  return [
    `REPORT RequestId: ${facts.requestId}`,
    `Duration: ${facts.durationMilliseconds.toFixed(2)} ms`,
    `Billed Duration: ${facts.billedMilliseconds} ms`,
    `Memory Size: ${facts.memoryMb} MB`,
    `Max Memory Used: ${facts.maxMemoryUsedMb} MB`,
    ...(initMilliseconds === undefined ? [] : [`Init Duration: ${initMilliseconds.toFixed(2)} ms`]),
  ]
    .join("\t")
    .concat(status === undefined ? "" : statusText(status));
}

function statusText(status: Status): string {
  return "status" in status
    ? `\tStatus: ${status.status}`
    : `\tStatus: error\tError Type: ${status.errorType}`;
}
