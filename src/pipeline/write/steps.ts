import { pinnedActions, terraformVersion } from "../pinned-actions.ts";
import type { ServiceRole } from "../service-roles.ts";
import type { RepositorySite } from "../site.ts";
import { expression, type StepModel } from "./workflow-model.ts";

/** The repository, without leaving behind a token that a later step could use. */
export const checkOut: StepModel = {
  name: "Check out",
  uses: pinnedActions.checkout,
  with: { "persist-credentials": false },
};

/** @param runtime the functions', such as `nodejs22.x`: they are tested and bundled on what they run on */
export function setUpNode(runtime: string): StepModel {
  return {
    name: "Set up Node.js",
    uses: pinnedActions.setupNode,
    with: { "node-version": Number.parseInt(runtime.replace("nodejs", ""), 10), ...withoutCache },
  };
}

/** Whatever could write into a cache could change what is deployed from it. */
const withoutCache = { "package-manager-cache": false };

export const setUpTerraform: StepModel = {
  name: "Set up Terraform",
  uses: pinnedActions.setupTerraform,
  // The wrapper is another program in Terraform's place, with another output.
  with: { terraform_version: terraformVersion, terraform_wrapper: false },
};

/** What is in the lock file, and nothing else. */
export function install(site: RepositorySite): StepModel {
  return { name: "Install", ...atInstallation(site), run: "npm ci" };
}

/**
 * The same in a job that GitHub vouches for: no package's script runs there. Where lambdakit's own source
 * is in the repository, it is built by one.
 */
export function installQuietly(site: RepositorySite): StepModel {
  if (site.toolkitSource !== null) {
    return { note: "Its own script builds lambdakit, whose source is here.", ...install(site) };
  }
  return { ...install(site), run: "npm ci --ignore-scripts" };
}

function atInstallation({ installation, service }: RepositorySite): Partial<StepModel> {
  return installation === service ? {} : { "working-directory": installation };
}

/** Credentials for an hour, for a role that trusts this job in its environment; no key is kept anywhere. */
export function takeOn(role: ServiceRole, accountId: string, region: string): StepModel {
  return {
    name:
      role.purpose === "plan" ? "Take on the role that may look" : "Take on the role that deploys",
    uses: pinnedActions.configureAwsCredentials,
    with: {
      "role-to-assume": role.arn,
      // In CloudTrail, every call leads back to the run.
      "role-session-name": `github-${expression("github.run_id")}`,
      "aws-region": region,
      "allowed-account-ids": accountId,
    },
  };
}

/** Keeps a file or folder with the run. Folders such as `.lambdakit` are hidden ones. */
export function keep(name: string, what: string, path: string, days: number): StepModel {
  return {
    name: `Keep ${what}`,
    uses: pinnedActions.uploadArtifact,
    with: {
      name,
      path,
      "include-hidden-files": true,
      "if-no-files-found": "error",
      "retention-days": days,
    },
  };
}
