import { describeRelease } from "../../src/cli/deployment/describe-release.ts";
import { releaseStack } from "../../src/cli/deployment/release-stack.ts";
import { codeCompilers } from "../../src/dev/index.ts";
import { loadService, packageService } from "../../src/package/index.ts";
import { type EnvironmentName, planService } from "../../src/plan/index.ts";
import { deployRelease, openEnvironment } from "../../src/release/index.ts";
import {
  checkAccount,
  findTerraform,
  openServiceStack,
  uploadArtifacts,
} from "../../src/terraform/index.ts";

/**
 * Builds a service for an environment whose account is prepared, and makes it live there, as `deploy` would if it did
 * not leave SIT and PROD to `promote`. With the credentials of this process.
 *
 * @param directory the service's
 * @returns where its API answers
 */
export async function deployDirectly(
  directory: string,
  environment: EnvironmentName,
): Promise<string> {
  const service = await loadService(directory);
  const plan = planService(service.manifest, environment);
  const caller = await checkAccount(plan);
  const packaged = await packageService(service, {
    toolkitVersion: "0.1.0",
    cache: true,
    findCompiler: codeCompilers(directory),
    onStep: () => {},
  });
  const artifacts = { directory: packaged.directory, functions: packaged.list.functions };
  const run = await openServiceStack({
    terraform: await findTerraform(),
    directory,
    plan,
    artifacts: artifacts.functions,
    onStep: () => {},
  });
  const opened = openEnvironment(plan, caller);
  const target = { service, plan, caller, steps: [], done: () => {}, packaged, artifacts, run };
  const stack = releaseStack(run, () => {});
  await stack.plan();
  await uploadArtifacts(plan, artifacts);
  await deployRelease(opened, {
    ...(await describeRelease(target, opened.place)),
    plan,
    operations: await opened.history.read(),
    stack,
    hasChanges: true,
    planDigest: "",
    consent: { confirmation: null, reason: null, allowDataLoss: false },
    steps: [],
    onStep: () => {},
  });
  return (await stack.url()) ?? "";
}
