import type { Context } from "aws-lambda";
import { environmentVariables, metricsLogMessage } from "../names.ts";
import { hideIn, hidesValues, withoutHidden } from "./hidden-values.ts";

type Level = "DEBUG" | "INFO" | "WARN" | "ERROR";
type Fields = Readonly<Record<string, unknown>>;

/** Writes one JSON line for each fact, in the field names of Powertools for AWS Lambda. */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

/** What a line gets besides its own fields, to CloudWatch's embedded metric format: `_aws`, and all that it names. */
export type EmbeddedMetrics = Fields;

/** The log of one request, with what only the toolkit itself writes. */
export interface RequestLog extends Log {
  /** This is the first request of the execution environment. */
  readonly coldStart: boolean;
  /** The line that a request ends with, its metrics on it. Where the level hides the line, they come alone. */
  completed(
    level: Level,
    message: string,
    fields: Fields,
    metrics: EmbeddedMetrics | undefined,
  ): void;
  /** Metrics alone, whatever the level: a figure is no message that could be too quiet. */
  measured(metrics: EmbeddedMetrics): void;
}

const order: readonly string[] = ["DEBUG", "INFO", "WARN", "ERROR"] satisfies Level[];

/** True until the first invocation of this execution environment has got its log. */
let coldStart = true;

/** The log of one invocation. Its lines share the request's and the caller's ids. */
export function createLog(context: Context, correlationId: string): RequestLog {
  const lowest = Math.max(0, order.indexOf(process.env[environmentVariables.logLevel] ?? "INFO"));
  const common = {
    service: process.env[environmentVariables.serviceName],
    environment: process.env[environmentVariables.environment],
    cold_start: coldStart,
    function_name: context.functionName,
    function_memory_size: context.memoryLimitInMB,
    function_arn: context.invokedFunctionArn,
    function_request_id: context.awsRequestId,
    xray_trace_id: traceId(),
    correlation_id: correlationId,
  };
  coldStart = false;

  const isHidden = (level: Level) => order.indexOf(level) < lowest;
  const write = (level: Level, message: string, fields: Fields, metrics?: EmbeddedMetrics) => {
    const facts = { level, message, timestamp: new Date().toISOString(), ...common };
    process.stdout.write(`${withMetrics(lineOf(facts, fields), metrics)}\n`);
  };
  const writer = (level: Level) => {
    if (isHidden(level)) return () => {};
    return (message: string, fields: Fields = {}) => write(level, message, fields);
  };
  const measured = (metrics: EmbeddedMetrics) => {
    const line = JSON.stringify({
      // What has no level is INFO to Lambda, and this is nothing worse.
      level: "INFO",
      message: metricsLogMessage,
      timestamp: new Date().toISOString(),
      function_name: common.function_name,
      function_request_id: common.function_request_id,
      ...metrics,
    });
    process.stdout.write(`${line}\n`);
  };
  return {
    coldStart: common.cold_start,
    debug: writer("DEBUG"),
    info: writer("INFO"),
    warn: writer("WARN"),
    error: writer("ERROR"),
    completed(level, message, fields, metrics) {
      if (!isHidden(level)) write(level, message, fields, metrics);
      else if (metrics !== undefined) measured(metrics);
    },
    measured,
  };
}

/** Two objects as one text: what a caller wrote may need to be looked at, what was measured never does. */
function withMetrics(line: string, metrics: EmbeddedMetrics | undefined): string {
  return metrics === undefined ? line : `${line.slice(0, -1)},${JSON.stringify(metrics).slice(1)}`;
}

/** `Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1` → its root */
function traceId(): string | undefined {
  return /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? "")?.[1];
}

/** A line for whatever is logged: what cannot become JSON is named instead, and the fact itself stays. */
function lineOf(facts: Fields, fields: Fields): string {
  try {
    // A function that looks at each value makes this half as long again.
    const isPlain =
      !hidesValues() &&
      Object.values(fields).every(
        (value) => typeof value !== "object" && typeof value !== "bigint",
      );
    return JSON.stringify({ ...facts, ...fields }, isPlain ? undefined : plain);
  } catch (error) {
    const left = { not_logged: Object.keys(fields), reason: String(error) };
    return JSON.stringify({ ...facts, ...left }, plain);
  }
}

/** Makes JSON of what has none: errors become objects, and big integers texts. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return withoutHidden(String(value));
  const described = value instanceof Error ? describeError(value, maxCauses) : value;
  return hidesValues() ? hideIn(described) : described;
}

/** Causes can lead in a circle; the first few tell enough. */
const maxCauses = 5;

function describeError({ name, message, stack, cause }: Error, causes: number): Fields {
  const described = cause instanceof Error ? causes > 0 && describeError(cause, causes - 1) : cause;
  return { name, message, stack, ...(described ? { cause: described } : {}) };
}
