import { generatedMark, workflowFiles } from "../pipeline/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import { derivedFile } from "./derived-file.ts";
import type { GeneratedFile, Site } from "./generated-file.ts";
import { launchConfigurations } from "./launch-configurations.ts";
import { mergeLaunchFile } from "./merge-launch-file.ts";
import { runbookFile } from "./runbook-file.ts";
import { variablesFile } from "./variables-file.ts";

/** Every file that is derived from a service: for the editor, for Terraform, for whoever is woken, for GitHub. */
export function generatedFiles(
  service: string,
  plans: readonly ServicePlan[],
  site: Site,
): readonly GeneratedFile[] {
  const launchFile = ".vscode/launch.json";
  return [
    {
      path: launchFile,
      render: (current) =>
        mergeLaunchFile(launchFile, current, launchConfigurations(service, site)),
    },
    ...plans.map((plan) => variablesFile(plan, site)),
    runbookFile(plans, site),
    ...workflowFiles(plans, site).map(({ path, text }) =>
      derivedFile(path, { text, mark: generatedMark }),
    ),
  ];
}
