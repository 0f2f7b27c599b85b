import { workflowFiles } from "../pipeline/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import type { GeneratedFile, Site } from "./generated-file.ts";
import { launchConfigurations } from "./launch-configurations.ts";
import { mergeLaunchFile } from "./merge-launch-file.ts";
import { variablesFile } from "./variables-file.ts";
import { workflowFile } from "./workflow-file.ts";

/** Every file that is derived from a service: for the editor, for Terraform, for GitHub. */
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
    ...workflowFiles(plans, site).map(workflowFile),
  ];
}
