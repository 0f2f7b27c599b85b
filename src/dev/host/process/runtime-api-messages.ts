import type { IncomingMessage, ServerResponse } from "node:http";
import type { Invocation } from "../environment.ts";
import type { FunctionError } from "../invocation.ts";

/**
 * Lambda's limit of what a function answers: 6 MiB and 100 bytes.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const maxAnswerBytes = 6 * 1024 * 1024 + 100;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-next */
export function invocationHeaders(invocation: Invocation): Record<string, string> {
  const { requestId, deadline, functionArn, traceId, clientContext } = invocation;
  return {
    "Content-Type": "application/json",
    "Lambda-Runtime-Aws-Request-Id": requestId,
    "Lambda-Runtime-Deadline-Ms": String(deadline),
    "Lambda-Runtime-Invoked-Function-Arn": functionArn,
    "Lambda-Runtime-Trace-Id": traceId,
    ...(clientContext === undefined
      ? {}
      : { "Lambda-Runtime-Client-Context": asciiJson(clientContext) }),
  };
}

/** Headers take no other letters. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What a runtime posted as an error, whichever of its parts are there and make sense. */
export function reportedError(body: string, errorType = "Runtime.Unknown"): FunctionError {
  const { errorType: type, errorMessage, trace, stackTrace } = Object(parsed(body));
  const lines = [trace, stackTrace].find(Array.isArray);
  return {
    errorType: typeof type === "string" ? type : errorType,
    errorMessage: typeof errorMessage === "string" ? errorMessage : "",
    ...(lines === undefined ? {} : { trace: lines.map(String) }),
  };
}

/** The error that a runtime says it has met while it streamed its answer; undefined if it met none. */
export function brokenOff(trailers: NodeJS.Dict<string>): FunctionError | undefined {
  const type = errorType(trailers);
  if (type === undefined) return undefined;
  const body = Buffer.from(trailers["lambda-runtime-function-error-body"] ?? "", "base64");
  return reportedError(body.toString("utf8"), type);
}

export function errorType(headers: NodeJS.Dict<string | string[]>): string | undefined {
  const value = headers["lambda-runtime-function-error-type"];
  return typeof value === "string" ? value : undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

export interface PostedBody {
  readonly text: string;
  /** Its whole length; of what is too large to be an answer, {@link text} has the beginning only. */
  readonly bytes: number;
}

/** Undefined where the runtime went away before the end. */
export async function postedBody(request: IncomingMessage): Promise<PostedBody | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      if (bytes <= maxAnswerBytes) chunks.push(chunk);
      bytes += chunk.length;
    }
  } catch {
    return undefined;
  }
  return { text: Buffer.concat(chunks).toString("utf8"), bytes };
}

export function accept(response: ServerResponse): void {
  sendJson(response, 202, { status: "OK" });
}

export function refuse(
  response: ServerResponse,
  status: number,
  errorType: string,
  errorMessage: string,
): void {
  sendJson(response, status, { errorMessage, errorType });
}

const limit = `maximum allowed payload size (${maxAnswerBytes} bytes).`;

/** What the caller of the function is told of an answer that is too large; undefined where it is not. */
export function tooLarge({ bytes }: PostedBody): FunctionError | undefined {
  if (bytes <= maxAnswerBytes) return undefined;
  const errorMessage = `Response payload size (${bytes} bytes) exceeded ${limit}`;
  return { errorType: "Function.ResponseSizeTooLarge", errorMessage };
}

/** What the runtime is told of it. */
export function refuseTooLarge(response: ServerResponse): void {
  refuse(response, 413, "RequestEntityTooLarge", `Exceeded ${limit}`);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(text);
}
