import { LambdakitError } from "../errors/index.ts";
import type { EnvironmentName } from "../plan/index.ts";
import { canonicalJson, digest } from "../system/index.ts";
import type { Change } from "../terraform/index.ts";

/**
 * Names what was shown: the release, the environment, and the changes that the one needs in the other. Two
 * environments may need the same, and whoever approves one has not approved the other. Twelve hexadecimal digits.
 */
export function planDigest(
  release: string,
  environment: EnvironmentName,
  changes: readonly Change[],
): string {
  return digest(canonicalJson({ release, environment, changes })).slice(0, 12);
}

/**
 * Looks whether a plan is still the one that somebody approved.
 *
 * @throws {LambdakitError} RELEASE_PLAN_CHANGED
 */
export function requireApproved(approved: string | undefined, now: string, command: string): void {
  if (approved === undefined || approved === now) return;
  throw new LambdakitError("RELEASE_PLAN_CHANGED", {
    message: `The plan ${approved} was approved, and what would be changed now is another: ${now}. The environment was changed meanwhile, or the release is another.`,
    fix: `look at it again: ${command} --dry-run`,
  });
}
