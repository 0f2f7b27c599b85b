import type { Consent } from "../../release/index.ts";
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

/** What somebody has typed of it. */
export function consentOf(input: Input): Consent {
  return {
    confirmation: input.text("confirm") ?? null,
    reason: input.text("reason") ?? null,
    allowDataLoss: input.flag("allow-data-loss"),
  };
}
