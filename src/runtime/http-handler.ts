import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { correlationHeader, requestLogMessage, securityHeaders } from "../names.ts";
import { admitCaller, type Caller } from "./caller.ts";
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
 * else as a 500 that tells the caller nothing but the request's id. Every answer has CORS headers and
 * those of `securityHeaders`, and every request one log line, which carries its metrics.
 *
 * Who may not call the route gets 401 or 403, whatever API Gateway did before, and the function is not called.
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
    let caller: Caller | null = null;
    try {
      caller = admitCaller(event, Date.now());
      result = proxyResult(request, await respond({ ...request, caller }));
    } catch (error) {
      failure = httpErrorOf(error, toHttpError);
      result = proxyResult(request, problemResponse(failure, request.id));
    }
    const milliseconds = performance.now() - started;
    measureAnswer(request, { status: result.statusCode, milliseconds, failure, caller });
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

interface Outcome {
  readonly status: number;
  readonly milliseconds: number;
  readonly failure: HttpError | undefined;
  readonly caller: Caller | null;
}

function measureAnswer(
  { log, metrics, method, route }: ReceivedRequest,
  { status, milliseconds, failure, caller }: Outcome,
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
      ...(caller === null ? {} : { caller: caller.subject }),
      ...codeCacheFields(),
      ...(failure === undefined ? {} : { errors: failure.errors, error: failure.cause }),
    },
    metrics.take(),
  );
}

function proxyResult(
  request: Pick<ApiRequest, "correlationId" | "header">,
  { status, headers, body }: ApiResponse,
): APIGatewayProxyResult {
  return {
    statusCode: status,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...unless(headers, securityHeaders),
      [correlationHeader]: request.correlationId,
      ...corsHeaders(request.header("origin")),
      ...headers,
    },
    body: body === undefined ? "" : JSON.stringify(body),
  };
}

/** A handler may say otherwise, in any case: two headers of one name would be a list of both. */
function unless(
  stated: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const names = new Set(Object.keys(stated).map((name) => name.toLowerCase()));
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase())),
  );
}
