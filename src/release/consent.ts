import { LambdakitError } from "../errors/index.ts";
import type { ServicePlan } from "../plan/index.ts";

/** What somebody has typed who changes an environment. */
export interface Consent {
  readonly confirmation: string | null;
  readonly reason: string | null;
  readonly allowDataLoss: boolean;
}

/**
 * Lets nobody change an environment, or lose data, who has not said so.
 *
 * @param command that would do it, without the words that are missing
 * @param losses what would lose its data
 * @throws {LambdakitError} DEPLOY_NOT_CONFIRMED, DEPLOY_LOSES_DATA
 */
export function requireConsent(
  { confirmation, reason, allowDataLoss }: Consent,
  { environment, approval }: Pick<ServicePlan, "environment" | "approval">,
  command: string,
  losses: readonly string[] = [],
): void {
  const isConfirmed = approval.confirmation === null || confirmation === approval.confirmation;
  const words = [
    ...(approval.confirmation === null ? [] : [`--confirm ${approval.confirmation}`]),
    ...(approval.reasonRequired ? ['--reason "..."'] : []),
  ].join(" ");
  if (!isConfirmed || (approval.reasonRequired && !isReason(reason))) {
    throw new LambdakitError("DEPLOY_NOT_CONFIRMED", {
      message: `${environment} is changed only with ${words}. Nothing was changed.`,
      fix: `${command} ${words}`,
    });
  }
  if (losses.length > 0 && !allowDataLoss) {
    throw new LambdakitError("DEPLOY_LOSES_DATA", {
      message: `With this plan all data is lost in:\n${losses.join("\n")}`,
      fix: `back it up, then ${[command, words, "--allow-data-loss"].filter(Boolean).join(" ")}`,
    });
  }
}

/** The three dots of the line that asks for one are none. */
function isReason(text: string | null): boolean {
  return /[\p{L}\p{N}]/u.test(text ?? "");
}
