import type { DrStandbyAnswer } from "../../answers/index.ts";
import { exitCodes } from "../../errors/index.ts";
import { bringStandby, type Standby } from "../../recover/index.ts";
import { openEnvironment } from "../../release/index.ts";
import { canonicalJson, digest } from "../../system/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { doneText } from "../deployment/changes-text.ts";
import { consentOf, consentOptions } from "../deployment/consent-options.ts";
import { type DeployedStack, releaseStack } from "../deployment/release-stack.ts";
import { showChanges } from "../deployment/show-changes.ts";
import { targetOptions } from "../deployment/target.ts";
import { verifierOf, verifyOptions } from "../deployment/verifier.ts";
import { openRegions } from "../recovery/open-regions.ts";
import { lookForSecrets, requireSecrets, tellMissingSecrets } from "../secrets/require-secrets.ts";
import { statedUrl } from "../verification/service-url.ts";

export const drStandby: Command = {
  name: "dr standby",
  summary: "bring the live release to the region that stands by",
  description:
    "Takes what is live and verified in the environment's region to its recoveryRegion: copies the zips, each held against its digest, applies the stack there, moves its aliases and verifies what answers there. Nothing is built, and no caller is led there: that is dr failover. Run it after each promotion, as the generated workflow does.",
  examples: ["lambdakit dr standby --env prod --dry-run", "lambdakit dr standby --env prod"],
  options: {
    ...targetOptions,
    "dry-run": { type: "flag", description: "show it, and change nothing" },
    ...verifyOptions,
    ...consentOptions,
  },
  arguments: [],

  async run(input, world) {
    const { terminal, interrupted } = world;
    // What is mistyped is said before anybody is asked.
    statedUrl(input);
    const { findTerraform, openServiceStack } = await import("../../terraform/index.ts");
    const terraform = await findTerraform();
    const { service, primary, standby, caller, steps, done } = await openRegions(input, world);
    const { environment, region } = standby;
    const missing = await lookForSecrets(standby, world);
    const { stack, ...brought } = await bringStandby<DeployedStack>({
      from: openEnvironment(primary, caller),
      to: openEnvironment(standby, caller),
      plan: standby,
      manifestSha256: digest(canonicalJson(service.manifest)),
      consent: consentOf(input),
      dryRun: input.flag("dry-run"),
      interrupted,
      onStep: done,
      async openStack({ artifacts }) {
        const run = await openServiceStack({
          terraform,
          directory: service.directory,
          plan: standby,
          artifacts,
          interrupted,
          onStep: done,
        });
        return releaseStack(run, done);
      },
      onPlanned({ stack: { run }, release, changes }) {
        showChanges(run, changes, world);
        terminal.err(`Release ${release.id}, to ${region}`);
        if (input.flag("dry-run")) tellMissingSecrets(missing, standby, world);
        else requireSecrets(missing, standby);
      },
      verifierOf: ({ url }) => verifierOf(input, { plan: standby, deployedUrl: url, interrupted }),
    });
    const url = brought.outcome === "standing-by" ? await stack.url() : null;
    const { release, ...more } = brought;
    terminal.out(
      input.flag("json")
        ? answerJson<DrStandbyAnswer>({
            environment,
            region,
            release: release.id,
            url,
            ...more,
            verification: more.verification ?? null,
            steps,
          })
        : [outcomeText(environment, region, brought), url].filter(Boolean).join("\n"),
    );
    return exitCodes.ok;
  },
};

function outcomeText(
  environment: string,
  region: string,
  { release, outcome, changes }: Omit<Standby<DeployedStack>, "stack">,
): string {
  const texts = {
    planned: `release ${release.id} would stand by in ${region}; nothing was changed`,
    "already-standing-by": `release ${release.id} stands by in ${region} already`,
    "standing-by": `release ${release.id} stands by in ${region}: ${doneText(changes)}`,
  };
  return `${environment}: ${texts[outcome]}`;
}
