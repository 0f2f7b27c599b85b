import { types } from "node:util";
import type { FunctionError } from "../invocation.ts";

const unreadable =
  "callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack";

/** Whatever a function threw, as Lambda's caller gets it. */
export function errorResponse(thrown: unknown): FunctionError {
  try {
    if (isError(thrown)) {
      return {
        errorType: escapeDelete(thrown.name),
        errorMessage: escapeDelete(thrown.message),
        trace: escapeDelete(thrown.stack ?? "").split("\n"),
      };
    }
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  } catch {
    return { errorType: "handled", errorMessage: unreadable, trace: [] };
  }
}

/** The same as one log line has it: with the error's own properties, its code and its cause. */
export function errorLogText(thrown: unknown): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  try {
    return `\t${JSON.stringify(error, (_, value) => withHiddenProperties(value))}`;
  } catch {
    return `\t${JSON.stringify(errorResponse(error))}`;
  }
}

/** Errors of another realm, and objects that look like one, count too. */
function isError(thrown: unknown): thrown is Error {
  if (types.isNativeError(thrown)) return true;
  const { name, message, stack } = Object(thrown);
  return [name, message, stack].every((part) => typeof part === "string" && part !== "");
}

/** The character DEL is no part of an HTTP header, which is where AWS puts an error's type. */
function escapeDelete(text: string): string {
  return text.replaceAll("\x7F", "%7F");
}

function withHiddenProperties(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack } = value;
  return {
    errorType: name,
    errorMessage: message,
    code: "code" in value ? value.code : undefined,
    ...value,
    ...(typeof stack === "string" && { stack: stack.split("\n") }),
  };
}
