import type { DeployAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import type { EnvironmentName } from "../../plan/index.ts";
import {
  before,
  deployRelease,
  openEnvironment,
  planDigest,
  requireConsent,
  wayBack,
} from "../../release/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { doneText } from "../deployment/changes-text.ts";
import { consentOf, consentOptions } from "../deployment/consent-options.ts";
import { deliveryCommand } from "../deployment/delivery-command.ts";
import { describeRelease } from "../deployment/describe-release.ts";
import { releaseStack } from "../deployment/release-stack.ts";
import { showChanges } from "../deployment/show-changes.ts";
import { openDeployment, targetOptions } from "../deployment/target.ts";
import { stepsOf, trafficOptions } from "../deployment/traffic-options.ts";
import { tellUnheard } from "../deployment/unheard.ts";
import { verifierOf, verifyOptions } from "../deployment/verifier.ts";
import { wayBackText } from "../deployment/way-text.ts";
import { lookForSecrets, requireSecrets } from "../secrets/require-secrets.ts";
import { statedUrl } from "../verification/service-url.ts";

export const deploy: Command = {
  name: "deploy",
  summary: "build a release, and make it live in DEV",
  description:
    "Packages the service, plans with Terraform, shows what changes and how to go back, uploads the zips that are new, applies exactly the plan that was shown, records the release, moves the traffic, and verifies what answers; where that fails, it goes back. With --saved, applies the plan that was saved last, and refuses it if code, service.ts or the stack changed since. SIT and PROD get what lambdakit promote brings them, and nothing that was not in DEV before.",
  examples: [
    "lambdakit deploy",
    "lambdakit deploy --saved",
    "lambdakit deploy --canary 10%:1m",
    "lambdakit deploy --json",
  ],
  options: {
    ...targetOptions,
    saved: { type: "flag", description: "apply the plan that lambdakit plan has saved" },
    ...trafficOptions,
    ...verifyOptions,
    ...consentOptions,
  },
  arguments: [],

  async run(input, world) {
    const { terminal, interrupted } = world;
    const name = input.text("env") as EnvironmentName;
    requireFirst(name);
    // What is mistyped is said before anybody is asked.
    const shares = stepsOf(input, name);
    statedUrl(input);
    const { uploadArtifacts } = await import("../../terraform/index.ts");
    const target = await openDeployment(input, world);
    const { run, plan, caller, artifacts, steps, done } = target;
    const { environment } = plan;
    const opened = openEnvironment(plan, caller);
    const { release, documents } = await describeRelease(target, opened.place);
    const stack = releaseStack(run, done, () =>
      input.flag("saved") ? run.savedChanges() : run.plan(),
    );
    const changes = await stack.plan();
    const operations = await opened.history.read();
    const back = await wayBack(opened, operations, { release, plan });
    showChanges(run, changes, world);
    tellUnheard(plan, terminal);
    if (changes.length > 0) terminal.err(wayBackText(back, environment));
    const consent = consentOf(input);
    const losses = changes.filter(({ losesData }) => losesData).map(({ address }) => address);
    requireSecrets(await lookForSecrets(plan, world), plan);
    requireConsent(consent, plan, `lambdakit deploy --env ${environment} --saved`, losses);
    const uploaded = await uploadArtifacts(plan, artifacts);
    done(`uploaded ${uploaded} new ${uploaded === 1 ? "zip" : "zips"}`);
    const { outcome, verification } = await deployRelease(opened, {
      release,
      documents,
      plan,
      operations,
      stack,
      hasChanges: changes.length > 0,
      planDigest: planDigest(release.id, environment, changes),
      consent,
      steps: shares,
      verify: verifierOf(input, { plan, deployedUrl: stack.url, interrupted }),
      interrupted,
      onStep: done,
    });
    const outputs = await stack.outputs();
    const { id } = release;
    terminal.out(
      input.flag("json")
        ? answerJson<DeployAnswer>({
            environment,
            release: id,
            outcome,
            url: outputs.url,
            changes,
            back: back ?? null,
            verification: verification ?? null,
            outputs: { ...outputs },
            steps,
          })
        : [
            `${environment}: release ${id}${outcome === "live" ? "" : ", which is live already"}: ${doneText(changes)}`,
            outputs.url,
          ]
            .filter(Boolean)
            .join("\n"),
    );
    const { next } = plan.deployment;
    if (next !== null && verification !== undefined) {
      terminal.err(`Next: ${deliveryCommand(next.environment)}`);
    }
    return exitCodes.ok;
  },
};

/** @throws {LambdakitError} DEPLOY_FROM_SOURCE */
function requireFirst(environment: EnvironmentName): void {
  const proven = before(environment);
  if (proven === undefined) return;
  throw new LambdakitError("DEPLOY_FROM_SOURCE", {
    message: `${environment} is not deployed to from source: it gets what was proven in ${proven}, byte by byte.`,
    fix: deliveryCommand(environment),
  });
}
