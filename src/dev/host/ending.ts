import type { FunctionError } from "./invocation.ts";
import type { Status } from "./platform-lines.ts";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (2026-11-22) */
const maxResponseBytes = 6_291_556;

/** What the code made of an invocation, or what was made of the code. */
export type Ending = { readonly memoryUsedMb?: number } & (
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: FunctionError; readonly status?: Status }
);

/** The environment was stopped because its time was up. */
export function timeoutEnding(requestId: string, timeoutSeconds: number): Ending {
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return {
    ok: false,
    error: { errorType: "Sandbox.Timedout", errorMessage },
    status: { status: "timeout" },
  };
}

/** What `REPORT` says of it. */
export function statusOf({ errorType }: FunctionError, timedOut = false): Status {
  return timedOut ? { status: "timeout" } : { errorType };
}

/** While it initialises, a runtime knows of no request. */
export function withRequestId(error: FunctionError, requestId: string): FunctionError {
  if (error.errorType !== "Runtime.ExitError") return error;
  return { ...error, errorMessage: `RequestId: ${requestId} ${error.errorMessage}` };
}

/** An answer that is too large is a failure. */
export function withinSize(ending: Ending): Ending {
  if (!ending.ok || Buffer.byteLength(ending.payload) <= maxResponseBytes) return ending;
  const errorType = "Function.ResponseSizeTooLarge";
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`;
  return { ...ending, ok: false, error: { errorType, errorMessage } };
}

/** For a person. */
export function messageOf({ trace, errorType, errorMessage }: FunctionError): string {
  return trace?.join("\n") || `${errorType}: ${errorMessage}`;
}
