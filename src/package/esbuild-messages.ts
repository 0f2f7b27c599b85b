import { type BuildFailure, formatMessagesSync } from "esbuild";

/** What esbuild found wrong, with file, line and the code itself; or what any other failure says. */
export function messagesOf(error: unknown): string {
  if (isBuildFailure(error)) {
    return formatMessagesSync(error.errors, { kind: "error", color: false }).join("").trim();
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
