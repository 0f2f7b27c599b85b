import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { correlationHeader, requestLogMessage } from "../names.ts";
import { codeCacheFields } from "./code-cache.ts";
import { corsHeaders } from "./cors.ts";
import { HttpError } from "./http-error.ts";
import { coldStart, conflicts, latency, validationFailures } from "./metrics.ts";
import { problemResponse } from "./problem.ts";
import { type ApiRequest, type ReceivedRequest, readRequest } from "./request.ts";
import type { ApiResponse } from "./response.ts";
import { ValidationError } from "./validation-error.ts";

export interface HandlerOptions {
  /** Turns a service's own error into an answer; undefined for an error that it does not know. */
  readonly toHttpError?: (error: unknown) => HttpError | undefined;
  /** The largest body, in bytes. @default 262144: more would not fit into one DynamoDB item anyway */
  readonly maxBodyBytes?: number;
}

/** What Lambda calls. */
export type ProxyHandler = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<APIGatewayProxyResult>;

/**
 * Wraps a function from request to response into a Lambda handler. Whatever the function throws
 * becomes an answer: an {@link HttpError} as it is, an error that `toHttpError` knows, and anything
 * else as a 500 that tells the caller nothing but the request's id. Every answer has CORS headers,
 * and every request one log line, which carries its metrics.
 */
export function httpHandler(
  respond: (request: ApiRequest) => Promise<ApiResponse>,
  { toHttpError = () => undefined, maxBodyBytes = 262_144 }: HandlerOptions = {},
): ProxyHandler {
  return async (event, context) => {
    const started = performance.now();
    const request = readRequest(event, context, maxBodyBytes);
    let result: APIGatewayProxyResult;
    let failure: HttpError | undefined;
    try {
      result = proxyResult(request, await respond(request));
    } catch (error) {
      failure = httpErrorOf(error, toHttpError);
      result = proxyResult(request, problemResponse(failure, request.id));
    }
    measureAnswer(request, result.statusCode, performance.now() - started, failure);
    return result;
  };
}

function httpErrorOf(
  error: unknown,
  toHttpError: NonNullable<HandlerOptions["toHttpError"]>,
): HttpError {
  if (error instanceof HttpError) return error;
  try {
    return toHttpError(error) ?? unknownError(error);
  } catch (cause) {
    return unknownError(cause);
  }
}

function unknownError(cause: unknown): HttpError {
  return new HttpError(500, "Something went wrong. Quote the request id when you report it.", {
    cause,
  });
}

function measureAnswer(
  { log, metrics, method, route }: ReceivedRequest,
  status: number,
  milliseconds: number,
  failure: HttpError | undefined,
): void {
  const duration = Math.round(milliseconds * 100) / 100;
  metrics.add(latency, duration);
  if (log.coldStart) metrics.add(coldStart, 1);
  if (status === 409 || status === 412) metrics.add(conflicts, 1);
  if (failure instanceof ValidationError) metrics.add(validationFailures, 1);
  log.completed(
    status >= 500 ? "ERROR" : "INFO",
    requestLogMessage,
    {
      http_method: method,
      http_route: route,
      http_status: status,
      duration_ms: duration,
      ...codeCacheFields(),
      ...(failure === undefined ? {} : { errors: failure.errors, error: failure.cause }),
    },
    metrics.take(),
  );
}

function proxyResult(
  request: ApiRequest,
  { status, headers, body }: ApiResponse,
): APIGatewayProxyResult {
  return {
    statusCode: status,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      [correlationHeader]: request.correlationId,
      ...corsHeaders(request.header("origin")),
      ...headers,
    },
    body: body === undefined ? "" : JSON.stringify(body),
  };
}
