import { format } from "node:util";
import { errorLogText } from "./error-response.ts";
import type { Generation } from "./generation.ts";

const levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
type Level = (typeof levels)[number];

export interface LambdaConsole {
  /** From now on lines are of this invocation. */
  begin(requestId: string): void;
  /** Logs what the runtime has to say. */
  warn(text: string): void;
  /** Logs a failure that the runtime has caught, in the form that log searches know. */
  logError(title: string, thrown: unknown): void;
}

/**
 * Makes `console` write Lambda's log lines: time, request id, level and message, separated by tabs;
 * JSON where `AWS_LAMBDA_LOG_FORMAT` says so. Below `AWS_LAMBDA_LOG_LEVEL` nothing is written.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function patchConsole(generation: Generation): LambdaConsole {
  // Before the first invocation each line of the client says "none" in its own way.
  let requestId = generation === 3 ? "undefined" : "-";
  const { AWS_LAMBDA_LOG_FORMAT, AWS_LAMBDA_LOG_LEVEL } = process.env;
  const json = AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === "JSON";
  const lowest = Math.max(0, levels.indexOf(AWS_LAMBDA_LOG_LEVEL?.toUpperCase() as Level));

  const writer = (level: Level) => {
    if (levels.indexOf(level) < lowest) return () => {};
    return (...parameters: unknown[]) => {
      const time = new Date().toISOString();
      const line = json
        ? jsonLine(time, level, requestId, parameters)
        : `${time}\t${requestId}\t${level}\t${format(...parameters)}`;
      // One message is one event in CloudWatch, which a line feed would end.
      process.stdout.write(`${line.replaceAll("\n", "\r")}\n`);
    };
  };
  const info = writer("INFO");
  const warn = writer("WARN");
  const error = writer("ERROR");
  Object.assign(console, {
    trace: writer("TRACE"),
    debug: writer("DEBUG"),
    info,
    log: info,
    warn,
    error,
    fatal: writer("FATAL"),
  });

  return {
    begin(id) {
      requestId = id;
    },
    warn,
    logError(title, thrown) {
      if (json) error(thrown instanceof Error ? thrown : new Error(String(thrown)));
      else error(title, errorLogText(thrown));
    },
  };
}

function jsonLine(time: string, level: Level, requestId: string, parameters: unknown[]): string {
  const start = {
    timestamp: time,
    level,
    requestId: requestId === "undefined" ? undefined : requestId,
  };
  if (parameters.length === 1) {
    const [message] = parameters;
    try {
      return JSON.stringify({ ...start, message }, (_, value) => withErrorProperties(value));
    } catch {
      return JSON.stringify({ ...start, message: format(message) });
    }
  }
  const error = parameters.find((parameter) => parameter instanceof Error);
  return JSON.stringify({
    ...start,
    message: format(...parameters),
    ...(error && errorProperties(error)),
  });
}

function withErrorProperties(value: unknown): unknown {
  return value instanceof Error ? { ...errorProperties(value), ...value } : value;
}

function errorProperties(error: Error) {
  return {
    errorType: error.constructor?.name ?? "UnknownError",
    errorMessage: error.message,
    stackTrace: error.stack?.split("\n") ?? [],
  };
}
