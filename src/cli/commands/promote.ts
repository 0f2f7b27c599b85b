import type { PromoteAnswer } from "../../answers/index.ts";
import { exitCodes } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import type { EnvironmentName } from "../../plan/index.ts";
import {
  openEnvironment,
  openPrevious,
  type Promotion,
  promoteRelease,
} from "../../release/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { doneText } from "../deployment/changes-text.ts";
import { consentOf, consentOptions } from "../deployment/consent-options.ts";
import { deliveryCommand } from "../deployment/delivery-command.ts";
import { type DeployedStack, releaseStack } from "../deployment/release-stack.ts";
import { showChanges } from "../deployment/show-changes.ts";
import { openTarget } from "../deployment/target.ts";
import { stepsOf, trafficOptions } from "../deployment/traffic-options.ts";
import { tellUnheard } from "../deployment/unheard.ts";
import { verifierOf, verifyOptions } from "../deployment/verifier.ts";
import { wayBackText } from "../deployment/way-text.ts";
import { lookForSecrets, requireSecrets, tellMissingSecrets } from "../secrets/require-secrets.ts";
import { statedUrl } from "../verification/service-url.ts";

export const promote: Command = {
  name: "promote",
  summary: "bring a release to the next environment: the same bytes",
  description:
    "Takes the release that is live in the environment before, or the one of --release; looks whether it was verified there; plans with Terraform, and shows what changes, the plan's digest and the way back. With the words that the environment asks for, copies the zips, each held against its digest, applies that plan, moves the traffic and verifies. Goes back by itself where an alarm fires, calls fail, or it does not do what it promises. Nothing is built. --plan refuses any plan but the one that was approved.",
  examples: [
    "lambdakit promote --from dev --to sit",
    "lambdakit promote --from dev --to sit --plan 5d41402abc4b --confirm deploy",
    "lambdakit promote --from sit --to prod --dry-run",
    "lambdakit promote --from sit --to prod --canary 5%:10m,50%:10m --json",
  ],
  options: {
    from: {
      type: "choice",
      choices: environmentNames,
      description: "the environment that it was proven in",
      default: "dev",
    },
    to: {
      type: "choice",
      choices: environmentNames,
      description: "the environment that gets it",
      default: "sit",
    },
    release: { type: "text", placeholder: "ID", description: "which; default: what is live" },
    plan: { type: "text", placeholder: "DIGEST", description: "the plan that was approved" },
    "dry-run": { type: "flag", description: "show it, and change nothing" },
    ...trafficOptions,
    ...verifyOptions,
    ...consentOptions,
  },
  arguments: [],

  async run(input, world) {
    const { terminal, interrupted } = world;
    const environment = input.text("to") as EnvironmentName;
    // What is mistyped is said before anybody is asked.
    const shares = stepsOf(input, environment);
    statedUrl(input);
    const { findTerraform, openServiceStack } = await import("../../terraform/index.ts");
    const terraform = await findTerraform();
    const target = await openTarget(input, world, environment);
    const { service, plan, caller, steps, done } = target;
    let promoted = plan;
    let missing: Awaited<ReturnType<typeof lookForSecrets>> = [];
    const { stack, ...promotion } = await promoteRelease<DeployedStack>({
      from: await openPrevious(plan, caller, input.text("from") as EnvironmentName),
      to: openEnvironment(plan, caller),
      release: input.text("release"),
      consent: consentOf(input),
      approvedPlan: input.text("plan"),
      dryRun: input.flag("dry-run"),
      steps: shares,
      interrupted,
      onStep: done,
      async openStack(released, { artifacts }) {
        promoted = released;
        missing = await lookForSecrets(released, world);
        const run = await openServiceStack({
          terraform,
          directory: service.directory,
          plan: released,
          artifacts,
          interrupted,
          onStep: done,
        });
        return releaseStack(run, done);
      },
      onPlanned({ stack: { run }, release, planDigest, changes, back }) {
        showChanges(run, changes, world);
        tellUnheard(promoted, terminal);
        terminal.err(`Release ${release.id}, plan ${planDigest}`);
        terminal.err(wayBackText(back, environment));
        if (input.flag("dry-run")) tellMissingSecrets(missing, promoted, world);
        else requireSecrets(missing, promoted);
      },
      verifierOf: ({ url }) => verifierOf(input, { plan, deployedUrl: url, interrupted }),
    });
    const url = promotion.outcome === "live" ? await stack.url() : null;
    const { release, ...more } = promotion;
    terminal.out(
      input.flag("json")
        ? answerJson<PromoteAnswer>({
            environment,
            release: release.id,
            url,
            ...more,
            back: more.back ?? null,
            verification: more.verification ?? null,
            steps,
          })
        : [outcomeText(environment, promotion), url].filter(Boolean).join("\n"),
    );
    if (promotion.verification !== undefined) {
      const { deployment, recovery } = plan;
      // What is lost with its region is served by what stands by.
      if (recovery.standby !== null)
        terminal.err(`Next: lambdakit dr standby --env ${environment}`);
      const { next } = deployment;
      if (next !== null) terminal.err(`Next: ${deliveryCommand(next.environment)}`);
    }
    return exitCodes.ok;
  },
};

function outcomeText(
  environment: string,
  { release, outcome, changes, planDigest }: Omit<Promotion<DeployedStack>, "stack">,
): string {
  const texts = {
    planned: `plan ${planDigest} of release ${release.id}; nothing was changed`,
    "already-live": `release ${release.id} is live already`,
    live: `release ${release.id}: ${doneText(changes)}`,
  };
  return `${environment}: ${texts[outcome]}`;
}
