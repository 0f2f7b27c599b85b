import { LambdakitError } from "../../errors/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import type { Change } from "../../terraform/index.ts";
import type { Input, Option } from "../command.ts";

/** How somebody agrees to what a plan changes. */
export const consentOptions = {
  confirm: {
    type: "text",
    placeholder: "WORDS",
    description: "for sit: deploy; for prod: deploy-to-production",
  },
  reason: { type: "text", placeholder: "TEXT", description: "for prod: why" },
  "allow-data-loss": { type: "flag", description: "delete or replace what holds data" },
} as const satisfies Record<string, Option>;

/**
 * Lets nobody change an environment, or lose data, who has not said so. The plan is saved by then, so that
 * what is typed next applies what was shown.
 *
 * @throws {LambdakitError} DEPLOY_NOT_CONFIRMED, DEPLOY_LOSES_DATA
 */
export function requireConsent(
  input: Input,
  { environment, approval }: ServicePlan,
  changes: readonly Change[],
): void {
  const command = `lambdakit deploy --env ${environment} --saved`;
  const { confirmation, reasonRequired } = approval;
  const isConfirmed = confirmation === null || input.text("confirm") === confirmation;
  const words = [
    ...(confirmation === null ? [] : [`--confirm ${confirmation}`]),
    ...(reasonRequired ? ['--reason "..."'] : []),
  ].join(" ");
  if (!isConfirmed || (reasonRequired && !isReason(input.text("reason")))) {
    throw new LambdakitError("DEPLOY_NOT_CONFIRMED", {
      message: `${environment} is changed only with ${words}. The plan is saved.`,
      fix: `${command} ${words}`,
    });
  }
  const lost = changes.filter(({ losesData }) => losesData).map(({ address }) => address);
  if (lost.length > 0 && !input.flag("allow-data-loss")) {
    throw new LambdakitError("DEPLOY_LOSES_DATA", {
      message: `With this plan all data is lost in:\n${lost.join("\n")}`,
      fix: `back it up, then ${[command, words, "--allow-data-loss"].filter(Boolean).join(" ")}`,
    });
  }
}

/** The three dots of the line that asks for one are none. */
function isReason(text = ""): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
