import type { APIGatewayProxyEvent, Context } from "aws-lambda";
import { correlationHeader } from "../names.ts";
import { readJsonBody } from "./body.ts";
import type { Caller } from "./caller.ts";
import { createLog, type Log, type RequestLog } from "./log.ts";
import { type Metrics, RequestMetrics } from "./metrics.ts";
import { ValidationError } from "./validation-error.ts";

/** What a handler gets: API Gateway's event, read. */
export interface ApiRequest {
  /** Lambda's id of this invocation; the caller sees it in every error. */
  readonly id: string;
  /** The caller's `X-Correlation-Id`, or else API Gateway's request id. */
  readonly correlationId: string;
  readonly method: string;
  /** The route's template, such as `/v1.0/products/{productId}`. */
  readonly route: string;
  /** The path that the caller used, stage or base path included, without a slash at its end. */
  readonly path: string;
  /** Who sent it; null where the route is open to everybody. */
  readonly caller: Caller | null;
  readonly log: Log;
  /** What is measured of this request, besides what the toolkit measures of every one. */
  readonly metrics: Metrics;
  /** The query's parameters; the last value where one stands twice. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** A header's value, whatever the case of its name; the last value where it stands twice. */
  header(name: string): string | undefined;
  /**
   * A path parameter, percent-decoded.
   * @throws {ValidationError} 400 where it cannot be decoded
   */
  pathParameter(name: string): string;
  /**
   * The body, from JSON.
   * @throws {HttpError} 400, 413 or 415
   */
  json(): unknown;
}

/** The same, before anybody knows who the caller is, and with what only the toolkit itself does with it. */
export interface ReceivedRequest extends Omit<ApiRequest, "caller"> {
  readonly log: RequestLog;
  readonly metrics: RequestMetrics;
}

export function readRequest(
  event: APIGatewayProxyEvent,
  context: Context,
  maxBodyBytes: number,
): ReceivedRequest {
  const headers = new Map(
    Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const header = (name: string) => headers.get(name.toLowerCase());
  const correlationId = readCorrelationId(header) ?? event.requestContext.requestId;
  const log = createLog(context, correlationId);
  return {
    id: context.awsRequestId,
    correlationId,
    method: event.httpMethod,
    route: event.resource,
    path: event.requestContext.path.replace(/\/+$/, ""),
    log,
    metrics: new RequestMetrics(`${event.httpMethod} ${event.resource}`, log),
    query: event.queryStringParameters ?? {},
    header,
    pathParameter: (name) => decodePathParameter(name, event.pathParameters?.[name] ?? ""),
    json: () => readJsonBody(event, header, maxBodyBytes),
  };
}

/** The caller's id, where it is harmless in a log line and in a header. */
function readCorrelationId(header: (name: string) => string | undefined): string | undefined {
  const value = header(correlationHeader);
  return value !== undefined && /^[\w.:/+=@-]{1,128}$/.test(value) ? value : undefined;
}

function decodePathParameter(name: string, encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch (cause) {
    throw new ValidationError([{ field: name, message: "is not valid percent-encoding" }], cause);
  }
}
