import { exitCodes } from "../../errors/index.ts";
import type { Command } from "../command.ts";
import { doneText } from "../deployment/changes-text.ts";
import { consentOptions, requireConsent } from "../deployment/require-consent.ts";
import { showChanges } from "../deployment/show-changes.ts";
import { openDeployment, targetOptions } from "../deployment/target.ts";

export const deploy: Command = {
  name: "deploy",
  summary: "bring an environment to what service.ts and the code say",
  description:
    "Packages the service, plans with Terraform, shows what changes, uploads the zips that are new, applies exactly the plan that was shown, and prints where the API answers. With --saved, applies the plan that was saved last, and refuses it if code, service.ts or the stack changed since. DEV asks for nothing; SIT for --confirm deploy; PROD for --confirm deploy-to-production and a --reason.",
  examples: [
    "lambdakit deploy",
    "lambdakit deploy --env sit --saved --confirm deploy",
    'lambdakit deploy --env prod --confirm deploy-to-production --reason "CHG-1234"',
    "lambdakit deploy --json",
  ],
  options: {
    ...targetOptions,
    saved: { type: "flag", description: "apply the plan that lambdakit plan has saved" },
    ...consentOptions,
  },
  arguments: [],

  async run(input, world) {
    const { terminal } = world;
    const { uploadArtifacts } = await import("../../terraform/index.ts");
    const { run, plan, artifacts, steps, done } = await openDeployment(input, world);
    const changes = input.flag("saved") ? await run.savedChanges() : await run.plan();
    showChanges(run, changes, world);
    if (changes.length > 0) {
      requireConsent(input, plan, changes);
      const uploaded = await uploadArtifacts(plan, artifacts);
      done(`uploaded ${uploaded} new ${uploaded === 1 ? "zip" : "zips"}`);
      await run.apply();
    }
    const outputs = await run.outputs();
    done("asked what there is");
    const { environment } = plan;
    const { url } = outputs;
    terminal.out(
      input.flag("json")
        ? JSON.stringify({ environment, url, changes, outputs, steps }, null, 2)
        : [`${environment}: ${doneText(changes)}`, url].filter(Boolean).join("\n"),
    );
    return exitCodes.ok;
  },
};
