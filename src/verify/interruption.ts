import { LambdakitError } from "../errors/index.ts";

/**
 * @param left what is left behind, if anything
 * @throws {LambdakitError} VERIFY_INTERRUPTED
 */
export function stopIfInterrupted(
  interrupted: AbortSignal | undefined,
  left: string | null = null,
): void {
  if (!interrupted?.aborted) return;
  throw new LambdakitError("VERIFY_INTERRUPTED", {
    message: `You have interrupted it. ${left ?? "Nothing is left behind."}`,
    fix: left === null ? "lambdakit verify, once more" : "delete it by hand",
  });
}
