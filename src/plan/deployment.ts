import { environmentNames, type Manifest } from "../manifest/index.ts";
import {
  alarmKeyAlias,
  artifactBucketName,
  deploymentPrefix,
  deployRoleName,
  functionBoundaryName,
  liveAlias,
  planRoleName,
  releasesRoleName,
  stateBucketName,
  stateKey,
} from "../names.ts";
import type {
  DeploymentPlan,
  EnvironmentName,
  NextEnvironment,
  PreviousEnvironment,
} from "./types.ts";

/** What Terraform needs beyond the service itself. */
export function planDeployment(manifest: Manifest, environment: EnvironmentName): DeploymentPlan {
  const { prefix, name: service, repository, branch, environments } = manifest;
  const { accountId, region } = environments[environment];
  const position = environmentNames.indexOf(environment);
  const previous = environmentNames[position - 1];
  const next = environmentNames[position + 1];
  const boundary = functionBoundaryName(prefix);
  const resourcePrefix = `${prefix}-${service}`;
  return {
    prefix,
    repository: repository ?? null,
    branch,
    alias: liveAlias,
    stateBucket: stateBucketName(prefix, accountId, region),
    stateKey: stateKey(service, environment),
    artifactBucket: artifactBucketName(prefix, accountId, region),
    history: deploymentPrefix(service, environment),
    deployRole: deployRoleName(prefix, service, environment),
    planRole: planRoleName(prefix, service, environment),
    releasesRole: next === undefined ? null : releasesRoleName(prefix, service, environment),
    previous: previous === undefined ? null : planPrevious(manifest, previous),
    next: next === undefined ? null : planNext(manifest, next),
    permissionsBoundary: { name: boundary, arn: `arn:aws:iam::${accountId}:policy/${boundary}` },
    alarmKey: alarmKeyAlias(prefix),
    pageTopic: `${resourcePrefix}-lambda-pages-${environment}`,
    alarmTopic: `${resourcePrefix}-lambda-alarms-${environment}`,
    dashboard: `${resourcePrefix}-${environment}`,
    resourcePrefix,
  };
}

function planPrevious(
  { prefix, name, environments }: Manifest,
  environment: EnvironmentName,
): PreviousEnvironment {
  const { accountId, region } = environments[environment];
  return {
    environment,
    accountId,
    region,
    artifactBucket: artifactBucketName(prefix, accountId, region),
    releasesRoleArn: roleArn(accountId, releasesRoleName(prefix, name, environment)),
  };
}

function planNext(
  { prefix, name, environments }: Manifest,
  environment: EnvironmentName,
): NextEnvironment {
  const { accountId } = environments[environment];
  return {
    environment,
    accountId,
    deployRoleArn: roleArn(accountId, deployRoleName(prefix, name, environment)),
    planRoleArn: roleArn(accountId, planRoleName(prefix, name, environment)),
  };
}

function roleArn(accountId: string, name: string): string {
  return `arn:aws:iam::${accountId}:role/${name}`;
}
