/** What Lambda reports of an invocation; null where it does not say. */
export interface Report {
  readonly durationMilliseconds: number | null;
  readonly billedMilliseconds: number | null;
  /** Null where no execution environment was started for it. */
  readonly initMilliseconds: number | null;
  readonly memoryMb: number | null;
  readonly maxMemoryUsedMb: number | null;
}

/** What is in the end of a log: the report, and the lines that the function wrote. */
export interface ReportedLog {
  /** Nothing where the log level of the system keeps it out of the log. */
  readonly report: Report | undefined;
  readonly lines: readonly string[];
}

/**
 * Parts the end of a log into what Lambda says and what the function has said. It is cut off at 4 KB, in the middle
 * of a line.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html (2026-11-27)
 */
export function parseReport(log: string): ReportedLog {
  let report: Report | undefined;
  const lines: string[] = [];
  for (const line of log.split(/\r?\n/)) {
    const fields = parsed(line);
    const found = readReport(line, fields);
    if (found !== undefined) report = found;
    else if (line !== "" && !isPlatformLine(line, fields)) lines.push(line);
  }
  return { report, lines };
}

/**
 * A report, in whichever of Lambda's two formats it is written.
 *
 * @param fields the line's JSON, where it is some
 * @returns nothing where the line is none
 */
export function readReport(text: string, fields: unknown): Report | undefined {
  return reportInText(text) ?? reportInJson(fields);
}

function reportInText(line: string): Report | undefined {
  if (!line.startsWith("REPORT RequestId:")) return undefined;
  const number = (what: string) => {
    const found = new RegExp(`(?:^|\\t)${what}: ([\\d.]+) `).exec(line)?.[1];
    return found === undefined ? null : Number(found);
  };
  return {
    durationMilliseconds: number("Duration"),
    billedMilliseconds: number("Billed Duration"),
    initMilliseconds: number("Init Duration"),
    memoryMb: number("Memory Size"),
    maxMemoryUsedMb: number("Max Memory Used"),
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html (2026-11-27) */
function reportInJson(fields: unknown): Report | undefined {
  const { type, record } = Object(fields);
  if (type !== "platform.report") return undefined;
  const metrics = Object(Object(record).metrics);
  const number = (value: unknown) => (typeof value === "number" ? value : null);
  return {
    durationMilliseconds: number(metrics.durationMs),
    billedMilliseconds: number(metrics.billedDurationMs),
    initMilliseconds: number(metrics.initDurationMs),
    memoryMb: number(metrics.memorySizeMB),
    maxMemoryUsedMb: number(metrics.maxMemoryUsedMB),
  };
}

function isPlatformLine(line: string, fields: unknown): boolean {
  if (/^(START|END|INIT_START|XRAY) /.test(line)) return true;
  return String(Object(fields).type).startsWith("platform.");
}

function parsed(line: string): unknown {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
