import type { Generation } from "./generation.ts";

export type RuntimeFailure =
  | "CallbackHandlerDeprecated"
  | "HandlerNotFound"
  | "ImportModuleError"
  | "JSONStringifyError"
  | "MalformedHandlerName"
  | "NodeJsExit"
  | "UnhandledPromiseRejection"
  | "UserCodeSyntaxError";

/** A failure that the runtime itself names, and not the function: `Runtime.HandlerNotFound` and so on. */
export class RuntimeError extends Error {
  constructor(generation: Generation, failure: RuntimeFailure, message: string) {
    super(message);
    // In generation 4 the name is a property like any other, and therefore shown in the log.
    const enumerable = generation === 4;
    Object.defineProperty(this, "name", { value: `Runtime.${failure}`, enumerable });
    // The first line of the stack has the name too, and was written before it was there.
    Error.captureStackTrace(this, RuntimeError);
  }
}
