import path from "node:path";
import { Bucket, notBootstrapped } from "../aws/index.ts";
import { artifactVariables, backendConfiguration, tfvars } from "../deploy/index.ts";
import { artifactKey } from "../names.ts";
import { placeName, type ServicePlan } from "../plan/index.ts";
import { readBytes } from "../system/index.ts";
import { isEjected, ownTerraform, workingFolder } from "./eject.ts";
import type { TerraformProgram } from "./find-terraform.ts";
import { StackRun } from "./stack-run.ts";

/** The zips of a service, as `package` has made them. */
export interface DeployedArtifacts {
  /** The folder that they lie in. */
  readonly directory: string;
  /** By the function's key. */
  readonly functions: Readonly<Record<string, { readonly zip: string; readonly sha256: string }>>;
}

export interface ServiceStackOptions {
  readonly terraform: TerraformProgram;
  /** The service's folder. */
  readonly directory: string;
  readonly plan: ServicePlan;
  /** What is to be deployed, by the function's key. */
  readonly artifacts: Readonly<Record<string, { readonly sha256: string }>>;
  /** Further files of the stack, by name, such as one that imports. */
  readonly more?: Readonly<Record<string, string>>;
  readonly interrupted?: AbortSignal | undefined;
  /** A profile of `~/.aws/config`. @default whoever the environment says */
  readonly profile?: string | undefined;
  readonly onStep: (what: string) => void;
}

/**
 * Prepares Terraform for a service in one environment. Where the service has a copy of the stack of its
 * own, which `lambdakit eject --only terraform` makes, that one is used.
 *
 * @throws {LambdakitError} as `terraformFailure` says
 */
export function openServiceStack(options: ServiceStackOptions): Promise<StackRun> {
  const {
    terraform,
    directory,
    plan,
    artifacts,
    more = {},
    interrupted,
    profile,
    onStep,
  } = options;
  return StackRun.open({
    terraform,
    stack: "service",
    folder: workingFolder(directory, placeName(plan)),
    source: isEjected(directory) ? ownTerraform(directory) : undefined,
    more,
    backend: { ...backendConfiguration(plan) },
    variables: { manifest: tfvars(plan), artifacts: artifactVariables(artifacts) },
    environment: plan.environment,
    interrupted,
    profile,
    onStep,
  });
}

/**
 * Uploads the zips that are not in the artifact bucket yet.
 *
 * @returns how many there were
 * @throws {LambdakitError} TERRAFORM_NOT_BOOTSTRAPPED where there is no such bucket; or as `awsError` says
 */
export async function uploadArtifacts(
  { deployment, region, environment }: ServicePlan,
  { directory, functions }: DeployedArtifacts,
): Promise<number> {
  const bucket = new Bucket(deployment.artifactBucket, region);
  const distinct = new Map(Object.values(functions).map((one) => [one.sha256, one]));
  const uploaded = await Promise.all(
    [...distinct.values()].map(async ({ zip, sha256 }) =>
      bucket.uploadOnce(artifactKey(sha256), await readBytes(path.join(directory, zip)), sha256),
    ),
  ).catch(notBootstrapped(environment, bucket.name));
  return uploaded.filter(Boolean).length;
}
