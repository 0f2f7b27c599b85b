import type { ServicePlan } from "../plan/index.ts";
import type { GeneratedFile, Site } from "./generated-file.ts";
import { launchConfigurations } from "./launch-configurations.ts";
import { mergeLaunchFile } from "./merge-launch-file.ts";

/** Every file that is derived from a service, in the order of their paths. */
export function generatedFiles(plan: ServicePlan, site: Site): readonly GeneratedFile[] {
  const launchFile = ".vscode/launch.json";
  return [
    {
      path: launchFile,
      render: (current) =>
        mergeLaunchFile(launchFile, current, launchConfigurations(plan.service, site)),
    },
  ];
}
