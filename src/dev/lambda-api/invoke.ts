import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { FunctionPlan } from "../../plan/index.ts";
import type { Answer, Headers } from "../gateway/answer.ts";
import { tooLarge as bodyTooLarge, brokenOff, readBody } from "../gateway/request-body.ts";
import type { InvocationReport, InvocationRequest, InvocationResult } from "../host/invocation.ts";
import {
  functionNotFound,
  invalidContent,
  invalidForm,
  serviceFailed,
  throttled,
  tooLarge,
} from "./api-error.ts";
import { deliver, type EventDelays } from "./event-queue.ts";
import { latest } from "./find-function.ts";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maxPayloadBytes = { RequestResponse: 6_291_456, DryRun: 6_291_456, Event: 1_048_576 };

type InvocationType = keyof typeof maxPayloadBytes;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const maxClientContextBytes = 3583;
const logTailBytes = 4096;

export type InvokeFunction = (request: InvocationRequest) => Promise<InvocationResult>;

/**
 * Lambda's Invoke operation.
 *
 * @throws {ApiError}
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export async function invoke(
  message: IncomingMessage,
  lambda: FunctionPlan,
  invokeFunction: InvokeFunction,
  delays: EventDelays,
): Promise<Answer> {
  const type = oneOf(header(message, "x-amz-invocation-type"), "invocationType", [
    "RequestResponse",
    "Event",
    "DryRun",
  ] as const);
  const logType = oneOf(header(message, "x-amz-log-type"), "logType", ["None", "Tail"] as const);
  const clientContext = contextOf(header(message, "x-amz-client-context"));
  const payload = await payloadOf(message, type);
  if (type === "DryRun") return empty(204);
  if (type === "Event") {
    // Lambda gives a client context to synchronous invocations only.
    void deliver(() => invokeFunction({ payload }), delays);
    return empty(202);
  }
  const request = clientContext === undefined ? { payload } : { payload, clientContext };
  return resultAnswer(await invokeFunction(request), lambda, logType === "Tail");
}

function resultAnswer(result: InvocationResult, lambda: FunctionPlan, withLog: boolean): Answer {
  if (!("report" in result)) {
    if (result.reason === "throttled") throw throttled();
    if (result.reason === "not-found") throw functionNotFound(`${lambda.arn}:${latest}`);
    throw serviceFailed(result.error.errorMessage);
  }
  const headers: Headers = [
    ["Content-Type", "application/json"],
    ["x-amzn-RequestId", result.report.requestId],
    ["X-Amz-Executed-Version", latest],
    ...(result.ok ? [] : [["X-Amz-Function-Error", "Unhandled"] as const]),
    ...(withLog ? [["X-Amz-Log-Result", logTail(result.report)] as const] : []),
  ];
  // A function's failure is a success of the Lambda API.
  return { status: 200, headers, body: result.ok ? result.payload : JSON.stringify(result.error) };
}

function logTail({ log }: InvocationReport): string {
  const text = Buffer.from(log.lines.map((line) => `${line}\n`).join(""));
  return text.subarray(-logTailBytes).toString("base64");
}

/** The event, which is `{}` where the caller sends none. */
async function payloadOf(message: IncomingMessage, type: InvocationType): Promise<string> {
  const body = await readBody(message, maxPayloadBytes.RequestResponse);
  if (body === brokenOff) throw invalidContent("The request broke off.");
  if (body === bodyTooLarge) {
    throw tooLarge(
      `Request must be smaller than ${maxPayloadBytes.RequestResponse} bytes for the InvokeFunction operation`,
    );
  }
  if (body.length > maxPayloadBytes[type]) {
    throw tooLarge(
      `${body.length} byte payload is too large for the ${type} invocation type (limit ${maxPayloadBytes[type]} bytes)`,
    );
  }
  if (body.length === 0) return "{}";
  try {
    const payload = new TextDecoder("utf-8", { fatal: true }).decode(body);
    JSON.parse(payload);
    return payload;
  } catch (error) {
    throw invalidContent(
      `Could not parse request body into json: Could not parse payload into json: ${(error as Error).message}`,
    );
  }
}

function contextOf(encoded: string | undefined): unknown {
  if (encoded === undefined) return undefined;
  if (encoded.length > maxClientContextBytes) {
    throw invalidContent(
      `Client context must be no more than ${maxClientContextBytes} bytes when base64-encoded.`,
    );
  }
  try {
    return JSON.parse(Buffer.from(encoded, "base64").toString("utf8"));
  } catch {
    throw invalidContent("Client context must be a valid Base64-encoded JSON object.");
  }
}

/** @returns the first value where the caller says nothing */
function oneOf<Value extends string>(
  given: string | undefined,
  parameter: string,
  values: readonly [Value, ...Value[]],
): Value {
  if (given === undefined) return values[0];
  const value = values.find((one) => one === given);
  if (value === undefined) {
    throw invalidForm(given, parameter, `enum value set: [${values.join(", ")}]`);
  }
  return value;
}

function header({ headers }: IncomingMessage, name: string): string | undefined {
  return headers[name]?.toString();
}

function empty(status: 202 | 204): Answer {
  return { status, headers: [["x-amzn-RequestId", randomUUID()]], body: "" };
}
