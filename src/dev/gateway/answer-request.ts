import type { IncomingMessage } from "node:http";
import type { ApiPlan } from "../../plan/index.ts";
import type { Deadlines } from "../deadlines.ts";
import type { InvocationRequest, InvocationResult } from "../host/invocation.ts";
import type { Answer, Headers } from "./answer.ts";
import { authorize } from "./authorizer/authorize.ts";
import { isBinary } from "./binary.ts";
import { preflightAnswer } from "./cors.ts";
import { type ApiIdentity, proxyEvent } from "./event.ts";
import { answerOf, inTime } from "./function-result.ts";
import * as answers from "./gateway-answers.ts";
import { gatewayHeaders } from "./gateway-headers.ts";
import { newRequestIds } from "./ids.ts";
import { brokenOff, readBody, tooLarge } from "./request-body.ts";
import { firstValue, readHeaders } from "./request-headers.ts";
import type { Router } from "./router.ts";
import type { Place } from "./stage-path.ts";

/** What the gateway needs to know of the service; read anew for each request, because it may be replaced. */
export interface GatewayTarget {
  readonly api: ApiPlan;
  readonly router: Router;
  readonly identity: ApiIdentity;
  /** Asks a function; before one whose route wants a token, the one with the key `authorizer`. */
  invoke(functionKey: string, request: InvocationRequest): Promise<InvocationResult>;
}

/** A request to the service's API. */
export interface ApiRequest {
  readonly message: IncomingMessage;
  readonly method: string;
  readonly place: Place;
  readonly query: string;
}

/** An answer, and what the access log says of how it came to be. */
export interface Answered {
  readonly answer: Answer;
  readonly facts: AnswerFacts;
}

export interface AnswerFacts {
  readonly requestId?: string;
  readonly function?: string;
  readonly lambdaRequestId?: string;
  readonly initMilliseconds?: number;
}

/**
 * Of the request's first line and the values of its headers together.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const maxHeadBytes = 10_240;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxEventBytes = 6 * 1024 * 1024;

/**
 * Answers as API Gateway would, with the function's help or without.
 * @param deadlines for the time that API Gateway waits for a function; undefined where it may take any
 */
export async function answerRequest(
  service: GatewayTarget,
  { message, method, place, query }: ApiRequest,
  deadlines: Deadlines | undefined,
): Promise<Answered> {
  const { api } = service;
  const headers = readHeaders(message.rawHeaders);
  const origin = firstValue(headers, "origin");
  const ids = newRequestIds();
  const { requestId } = ids;
  const names: Headers = [
    ["x-amzn-RequestId", requestId],
    ["x-amz-apigw-id", ids.extendedRequestId],
  ];
  const refused = (answer: Answer): Answered => ({
    answer: withHeaders(answer, names, gatewayHeaders(api.cors, origin)),
    facts: { requestId },
  });

  const body = await readBody(message);
  // Nobody is there to read this answer; the access log tells of it.
  if (body === brokenOff) return refused(answers.badRequest);
  if (body === tooLarge) return refused(answers.bodyTooLarge);
  if (headBytes(message) > maxHeadBytes) return refused(answers.headersTooLarge);
  if (!headers.has("host") && message.httpVersion === "1.1") return refused(answers.badRequest);
  const template = place.match?.template;
  if (method === "OPTIONS" && template !== undefined) {
    const answer = withHeaders(preflightAnswer(api, template, origin), names);
    return { answer, facts: { requestId } };
  }
  const route = place.match?.routes.get(method);
  if (place.match === undefined || route === undefined) return refused(answers.missingRoute);

  const event = proxyEvent(
    {
      method,
      path: place.written,
      query,
      rawHeaders: message.rawHeaders,
      sourceIp: message.socket.remoteAddress ?? "127.0.0.1",
      ...eventBody(body, isBinary(firstValue(headers, "content-type"), api.binaryMediaTypes)),
    },
    { resource: route.path, path: place.path, pathParameters: place.match.pathParameters },
    service.identity,
    headers,
    ids,
  );
  const traceId = event.headers["X-Amzn-Trace-Id"] as string;
  const verdict = await authorize(service, route, headers, event);
  if (!verdict.ok) return refused(verdict.answer);
  const payload = JSON.stringify(verdict.event);
  if (Buffer.byteLength(payload) > maxEventBytes) return refused(answers.eventTooLarge);

  const invocation = service.invoke(route.function, { payload, traceId });
  const result = await (deadlines === undefined ? invocation : inTime(deadlines, invocation));
  const acceptsBytes = isBinary(firstValue(headers, "accept"), api.binaryMediaTypes);
  const { answer, isFunctions } = answerOf(result, acceptsBytes);
  return {
    answer: isFunctions
      ? withHeaders(answer, names, [["X-Amzn-Trace-Id", traceId]])
      : refused(answer).answer,
    facts: { requestId, function: route.function, ...factsOf(result) },
  };
}

/** A body without bytes is no body, of whatever type. */
function eventBody(body: Buffer, isBytes: boolean) {
  if (body.length === 0) return { body: null };
  return { body: body.toString(isBytes ? "base64" : "utf8"), isBase64Encoded: isBytes };
}

function withHeaders({ status, headers, body }: Answer, ...more: readonly Headers[]): Answer {
  return { status, headers: headers.concat(...more), body };
}

function headBytes({ method = "", url = "", rawHeaders }: IncomingMessage): number {
  let bytes = `${method} ${url} HTTP/1.1`.length;
  for (let position = 1; position < rawHeaders.length; position += 2) {
    bytes += (rawHeaders[position] as string).length;
  }
  return bytes;
}

function factsOf(result: InvocationResult | undefined): AnswerFacts {
  if (result === undefined || !("report" in result)) return {};
  const { requestId: lambdaRequestId, initMilliseconds } = result.report;
  return initMilliseconds === undefined
    ? { lambdaRequestId }
    : { lambdaRequestId, initMilliseconds };
}
