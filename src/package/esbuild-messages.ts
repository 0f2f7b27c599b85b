import { type BuildFailure, formatMessagesSync } from "esbuild";

/** What esbuild found wrong, with file, line and the code itself; or what any other failure says. */
export function messagesOf(error: unknown): string {
  if (isBuildFailure(error)) {
    return formatMessagesSync(error.errors, { kind: "error", color: false }).join("").trim();
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** The package that is not installed, where that is all that is wrong. */
export function missingPackage(error: unknown): string | undefined {
  if (!isBuildFailure(error) || error.errors.length !== 1) return undefined;
  const [, specifier = "."] =
    /^Could not resolve "([^"]+)"/.exec(error.errors[0]?.text ?? "") ?? [];
  return /^(?!node:)(?:@[\w.-]+\/)?\w[\w.-]*(?=\/|$)/.exec(specifier)?.[0];
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
