import type { Command } from "../command.ts";
import { consentOptions } from "../deployment/consent-options.ts";
import { targetOptions } from "../deployment/target.ts";
import { leadCallers } from "../recovery/lead-callers.ts";
import { openRegions } from "../recovery/open-regions.ts";

const { confirm, reason } = consentOptions;

export const drFailback: Command = {
  name: "dr failback",
  summary: "lead callers back from the region that stood by",
  description:
    "Looks whether the primary region is there again, with the same release, byte for byte, and with all that was written meanwhile: refuses as long as a replica is not active, or more than 10 seconds behind. Verifies what answers there; then lets the health check of the domain decide again, waits until resolvers have the new answer, and verifies through the name. Without a domain it says where the service answers, and moves nobody. The same command again carries on with what was cut off.",
  examples: ["lambdakit dr failback --env prod --dry-run", "lambdakit dr failback --env prod"],
  options: {
    ...targetOptions,
    "dry-run": { type: "flag", description: "look, and change nothing" },
    url: {
      type: "text",
      placeholder: "URL",
      description: "where it answers there, if not where Terraform says; or LAMBDAKIT_URL",
    },
    confirm,
    reason,
  },
  arguments: [],

  async run(input, world) {
    return leadCallers("failback", await openRegions(input, world), input, world);
  },
};
