import type { FunctionError } from "./invocation.ts";

/** How a runtime ended: by itself, or because it was killed. */
export type Exit = { readonly status: number } | { readonly signal: string };

/** What Lambda says of a runtime that ended when it owed an answer. */
export function exitError(exit: Exit, requestId?: string): FunctionError {
  const request = requestId === undefined ? "" : `RequestId: ${requestId} `;
  return { errorType: "Runtime.ExitError", errorMessage: `${request}Error: ${reason(exit)}` };
}

function reason(exit: Exit): string {
  if ("signal" in exit) return `Runtime exited with error: signal: ${exit.signal}`;
  if (exit.status === 0) return "Runtime exited without providing a reason";
  return `Runtime exited with error: exit status ${exit.status}`;
}
