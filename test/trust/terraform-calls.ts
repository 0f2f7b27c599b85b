/**
 * What Terraform and its provider call for the Product service's stack: as they were seen between them and an
 * emulator, by `deploy` of all of it and by `plan` after that (2026-11-27, provider 5.100). `kms:DescribeKey`, of AWS's key
 * for tables, was seen too, and is left out: where it is refused, both go on.
 */
import type { AccessRequest } from "../../src/evaluate/index.ts";
import type { ServicePlan } from "../../src/plan/index.ts";
import { honest } from "./role-requests.ts";

export interface TerraformCalls {
  /** Of what is there. */
  readonly reads: readonly AccessRequest[];
  /** To make it. */
  readonly writes: readonly AccessRequest[];
}

export function terraformCalls(plan: ServicePlan): TerraformCalls {
  const { accountId, region, functions, tables, alarms, deployment } = plan;
  const here = `${region}:${accountId}`;
  const on = (resource: string, service: string, reads: string, writes: string) => {
    const requests = (actions: string): AccessRequest[] =>
      actions
        .split(" ")
        .map((action) => ({ action: `${service}:${action}`, resource, context: honest(plan) }));
    return { reads: requests(reads), writes: requests(writes) };
  };
  const all = [
    ...functions.flatMap(({ arn, role, logGroup }) => [
      on(
        arn,
        "lambda",
        "GetFunction GetFunctionCodeSigningConfig GetFunctionConfiguration GetAlias GetPolicy ListVersionsByFunction",
        "CreateFunction CreateAlias AddPermission TagResource PublishVersion",
      ),
      on(
        `arn:aws:iam::${accountId}:role/${role.name}`,
        "iam",
        "GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies",
        "CreateRole PutRolePolicy PassRole TagRole",
      ),
      on(
        `arn:aws:logs:${here}:log-group:${logGroup.name}`,
        "logs",
        "ListTagsForResource",
        "CreateLogGroup PutRetentionPolicy TagResource",
      ),
    ]),
    ...tables.map(({ arn }) =>
      on(
        arn,
        "dynamodb",
        "DescribeContinuousBackups DescribeTable DescribeTimeToLive ListTagsOfResource",
        "CreateTable UpdateContinuousBackups UpdateTimeToLive TagResource",
      ),
    ),
    ...alarms.map(({ name }) =>
      on(
        `arn:aws:cloudwatch:${here}:alarm:${name}`,
        "cloudwatch",
        "DescribeAlarms ListTagsForResource",
        "PutMetricAlarm TagResource",
      ),
    ),
    ...(plan.recovery.backups === null
      ? []
      : [
          on(
            `arn:aws:backup:${here}:backup-plan:a1`,
            "backup",
            "GetBackupPlan ListTags",
            "CreateBackupPlan TagResource",
          ),
        ]),
    on(
      `arn:aws:cloudwatch::${accountId}:dashboard/${deployment.dashboard}`,
      "cloudwatch",
      "GetDashboard",
      "PutDashboard",
    ),
    on(
      `arn:aws:sns:${here}:${deployment.alarmTopic}`,
      "sns",
      "GetTopicAttributes ListTagsForResource",
      "CreateTopic SetTopicAttributes TagResource",
    ),
    ...["", "/a1", "/a1/deployments", "/a1/deployments/d1", "/a1/resources", "/a1/stages/v1"].map(
      (path) =>
        on(`arn:aws:apigateway:${region}::/restapis${path}`, "apigateway", "GET", "POST PUT PATCH"),
    ),
  ];
  const listing = { action: "logs:DescribeLogGroups", resource: "*", context: honest(plan) };
  return {
    reads: [listing, ...all.flatMap(({ reads }) => reads)],
    writes: all.flatMap(({ writes }) => writes),
  };
}
