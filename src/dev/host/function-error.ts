import type { FunctionError } from "./messages.ts";

/** Whatever a function threw, as Lambda reports it. */
export function functionError(thrown: unknown): FunctionError {
  if (thrown instanceof Error) {
    return {
      errorType: thrown.name,
      errorMessage: thrown.message,
      trace: thrown.stack?.split("\n") ?? [],
    };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}
