import type { Manifest } from "../manifest/index.ts";
import {
  alarmKeyAlias,
  artifactBucketName,
  deployRoleName,
  functionBoundaryName,
  liveAlias,
  stateBucketName,
  stateKey,
} from "../names.ts";
import type { DeploymentPlan, EnvironmentName } from "./types.ts";

/** What Terraform needs beyond the service itself. */
export function planDeployment(
  { prefix, name: service, repository, environments }: Manifest,
  environment: EnvironmentName,
): DeploymentPlan {
  const { accountId, region } = environments[environment];
  const boundary = functionBoundaryName(prefix);
  const resourcePrefix = `${prefix}-${service}`;
  return {
    prefix,
    repository: repository ?? null,
    alias: liveAlias,
    stateBucket: stateBucketName(prefix, accountId, region),
    stateKey: stateKey(service, environment),
    artifactBucket: artifactBucketName(prefix, accountId, region),
    deployRole: deployRoleName(prefix, service, environment),
    permissionsBoundary: { name: boundary, arn: `arn:aws:iam::${accountId}:policy/${boundary}` },
    alarmKey: alarmKeyAlias(prefix),
    alarmTopic: `${resourcePrefix}-lambda-alarms-${environment}`,
    dashboard: `${resourcePrefix}-${environment}`,
    resourcePrefix,
  };
}
