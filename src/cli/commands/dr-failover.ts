import { LambdakitError } from "../../errors/index.ts";
import type { Command } from "../command.ts";
import { consentOptions } from "../deployment/consent-options.ts";
import { targetOptions } from "../deployment/target.ts";
import { leadCallers } from "../recovery/lead-callers.ts";
import { openRegions } from "../recovery/open-regions.ts";

const { confirm, reason } = consentOptions;

export const drFailover: Command = {
  name: "dr failover",
  summary: "lead callers to the region that stands by",
  description:
    "For a region that is lost, and not for a release that is bad: that is what rollback is for. Asks nothing of the lost region that it could not do without. Looks whether the region that stands by has the live release, byte for byte, and the data; refuses where not all that was written may be there, unless --accept-data-loss says so; verifies what answers there; then holds the health check of the domain down, so that Route 53 answers with that region, waits until resolvers have the new answer, and verifies through the name. Without a domain it says where the service answers, and moves nobody. The same command again carries on with what was cut off.",
  examples: [
    "lambdakit dr failover --env prod --to eu-west-1 --dry-run",
    "lambdakit dr failover --env prod --to eu-west-1",
    "lambdakit dr failover --env prod --to eu-west-1 --accept-data-loss --json",
  ],
  options: {
    ...targetOptions,
    to: { type: "text", placeholder: "REGION", description: "the recoveryRegion of service.ts" },
    "accept-data-loss": {
      type: "flag",
      description: "even where what was written last may be missing",
    },
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
    const regions = await openRegions(input, world);
    requireRegion(input.text("to"), regions);
    return leadCallers("failover", regions, input, world);
  },
};

type Plans = Record<
  "primary" | "standby",
  { readonly region: string; readonly environment: string }
>;

/** Whoever types the region knows where callers will be. @throws {LambdakitError} RECOVERY_OTHER_REGION */
export function requireRegion(to: string | undefined, { primary, standby }: Plans): void {
  if (to === standby.region) return;
  const { environment } = primary;
  const right = `lambdakit dr failover --env ${environment} --to ${standby.region}`;
  if (to === primary.region) {
    throw new LambdakitError("RECOVERY_OTHER_REGION", {
      message: `${to} is where ${environment} is at home. A failover leads away from there.`,
      fix: `${right}; and back: lambdakit dr failback --env ${environment}`,
      at: "--to",
    });
  }
  throw new LambdakitError("RECOVERY_OTHER_REGION", {
    message: `${environment} stands by in ${standby.region}${to === undefined ? ": where to has to be said" : `, and not in ${to}`}.`,
    fix: right,
    at: "--to",
  });
}
