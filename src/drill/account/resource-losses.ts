import type { Attributes, MadeResource } from "./made-resources.ts";

/** A call that takes something from an account. */
export interface Loss {
  /** As signatures name it. */
  readonly service: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Where it is, if not where the account is at home. */
  readonly region?: string;
}

/** What each kind of resource is lost by, in this order: AWS keeps a role that has a policy, and a policy that a role has. */
const losses: Readonly<Record<string, (attributes: Attributes) => readonly Loss[]>> = {
  aws_lambda_function: ({ function_name: name }) => [
    rest("lambda", `/2015-03-31/functions/${name}`),
  ],
  aws_api_gateway_rest_api: ({ id }) => [rest("apigateway", `/restapis/${id}`)],
  aws_dynamodb_table: ({ name: TableName }) => [
    json("dynamodb", "DynamoDB_20120810.UpdateTable", {
      TableName,
      DeletionProtectionEnabled: false,
    }),
    json("dynamodb", "DynamoDB_20120810.DeleteTable", { TableName }),
  ],
  aws_cloudwatch_log_group: ({ name: logGroupName }) => [
    json("logs", "Logs_20140328.DeleteLogGroup", { logGroupName }),
  ],
  aws_cloudwatch_metric_alarm: ({ alarm_name: name }) => [
    query("monitoring", "2010-08-01", "DeleteAlarms", { "AlarmNames.member.1": name }),
  ],
  aws_cloudwatch_dashboard: ({ dashboard_name: name }) => [
    query("monitoring", "2010-08-01", "DeleteDashboards", { "DashboardNames.member.1": name }),
  ],
  aws_sns_topic: ({ arn: TopicArn }) => [query("sns", "2010-03-31", "DeleteTopic", { TopicArn })],
  aws_backup_plan: ({ id }) => [rest("backup", `/backup/plans/${id}`)],
  aws_backup_vault: ({ name }) => [rest("backup", `/backup-vaults/${name}`)],
  aws_kms_alias: ({ name: AliasName }) => [json("kms", "TrentService.DeleteAlias", { AliasName })],
  aws_kms_key: ({ key_id: KeyId }) => [json("kms", "TrentService.ScheduleKeyDeletion", { KeyId })],
  aws_iam_role_policy: ({ role: RoleName, name: PolicyName }) => [
    iam("DeleteRolePolicy", { RoleName, PolicyName }),
  ],
  aws_iam_role_policy_attachment: ({ role: RoleName, policy_arn: PolicyArn }) => [
    iam("DetachRolePolicy", { RoleName, PolicyArn }),
  ],
  aws_iam_role: ({ name: RoleName }) => [iam("DeleteRole", { RoleName })],
  aws_iam_policy: ({ arn: PolicyArn }) => [iam("DeletePolicy", { PolicyArn })],
  aws_iam_openid_connect_provider: ({ arn }) => [
    iam("DeleteOpenIDConnectProvider", { OpenIDConnectProviderArn: arn }),
  ],
};

/** What goes with something of the above, or with a bucket. */
const settings = [
  "aws_api_gateway_account",
  "aws_api_gateway_deployment",
  "aws_api_gateway_method_settings",
  "aws_api_gateway_stage",
  "aws_backup_selection",
  "aws_backup_vault_lock_configuration",
  "aws_cloudwatch_composite_alarm",
  "aws_iam_role_policies_exclusive",
  "aws_iam_role_policy_attachments_exclusive",
  "aws_lambda_alias",
  "aws_lambda_permission",
  "aws_s3_bucket",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_replication_configuration",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
];

const order = Object.keys(losses);

/** Whether a kind of resource is lost by a call, with another one, or with a bucket. */
export function canBeLost(type: string): boolean {
  return Object.hasOwn(losses, type) || settings.includes(type);
}

/** The calls by which resources are lost; those that go with others have none. */
export function lossesOf(resources: readonly MadeResource[]): Loss[] {
  return resources
    .toSorted((one, other) => order.indexOf(one.type) - order.indexOf(other.type))
    .flatMap(({ type, region, attributes }) =>
      (losses[type]?.(attributes) ?? []).map((call) => ({ ...call, region })),
    );
}

function rest(service: string, path: string): Loss {
  return { service, method: "DELETE", path };
}

function json(service: string, target: string, input: object): Loss {
  return {
    service,
    method: "POST",
    path: "/",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
    body: JSON.stringify(input),
  };
}

function iam(action: string, parameters: Attributes): Loss {
  return query("iam", "2010-05-08", action, parameters);
}

function query(service: string, version: string, action: string, parameters: Attributes): Loss {
  const texts = Object.entries(parameters).map(([name, value]) => [name, String(value)]);
  return {
    service,
    method: "POST",
    path: "/",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: String(
      new URLSearchParams({ Action: action, Version: version, ...Object.fromEntries(texts) }),
    ),
  };
}
