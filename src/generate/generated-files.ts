import type { Manifest } from "../manifest/index.ts";
import { generatedMark, workflowFiles } from "../pipeline/index.ts";
import { type ServicePlan, standbyPlan } from "../plan/index.ts";
import { derivedFile } from "./derived-file.ts";
import type { GeneratedFile, Site } from "./generated-file.ts";
import { launchConfigurations } from "./launch-configurations.ts";
import { mergeLaunchFile } from "./merge-launch-file.ts";
import { codeOwnersFile } from "./repository/code-owners.ts";
import { dependabotFile } from "./repository/dependabot.ts";
import { gitHooksFile } from "./repository/git-hooks.ts";
import { securityPolicyFile } from "./repository/security-policy.ts";
import { runbookFiles } from "./runbook-files.ts";
import { variablesFile } from "./variables-file.ts";

/**
 * Every file that is derived from a service: for the editor, for Terraform, for whoever is woken, for GitHub.
 * Without a repository none of GitHub's.
 */
export function generatedFiles(
  manifest: Manifest,
  plans: readonly ServicePlan[],
  site: Site,
): readonly GeneratedFile[] {
  const { name: service, repository, owners } = manifest;
  const standbys = plans.flatMap(({ environment }) => standbyPlan(manifest, environment) ?? []);
  const launchFile = ".vscode/launch.json";
  return [
    {
      path: launchFile,
      render: (current) =>
        mergeLaunchFile(launchFile, current, launchConfigurations(service, site)),
    },
    ...[...plans, ...standbys].map((plan) => variablesFile(plan, site)),
    ...runbookFiles(plans, site),
    ...workflowFiles(plans, site).map(({ path, text }) =>
      derivedFile(path, { text, mark: generatedMark }),
    ),
    gitHooksFile(site),
    ...(repository === undefined ? [] : gitHubFiles(service, owners, site)),
  ];
}

/** What GitHub looks after the repository with. Each of its services has a part in these. */
function gitHubFiles(
  service: string,
  owners: readonly string[],
  site: Site,
): readonly GeneratedFile[] {
  return [
    dependabotFile(service, site),
    ...(owners.length === 0 ? [] : [codeOwnersFile(service, site.service, owners)]),
    securityPolicyFile,
  ];
}
