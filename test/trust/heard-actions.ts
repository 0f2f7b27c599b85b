/**
 * What Terraform and its provider ask IAM for in a service's whole life: made, changed, deleted. As it was heard between
 * them and an emulator (2026-11-27, provider 5.100); `test/integration/terraform/life.test.ts` hears it again.
 */
const heard: Readonly<Record<string, string>> = {
  apigateway: "DELETE GET PATCH POST PUT",
  backup: "CreateBackupPlan DeleteBackupPlan GetBackupPlan ListTags",
  cloudwatch:
    "DeleteAlarms DeleteDashboards DescribeAlarms GetDashboard ListTagsForResource PutDashboard PutMetricAlarm TagResource UntagResource",
  dynamodb:
    "CreateTable DeleteTable DescribeContinuousBackups DescribeTable DescribeTimeToLive ListTagsOfResource TagResource UntagResource UpdateContinuousBackups UpdateTable UpdateTimeToLive",
  iam: "CreateRole DeleteRole DeleteRolePolicy GetRole GetRolePolicy ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies PutRolePolicy TagRole UntagRole",
  kms: "DescribeKey",
  lambda:
    "AddPermission CreateAlias CreateFunction DeleteAlias DeleteFunction DeleteFunctionConcurrency GetAlias GetFunction GetFunctionCodeSigningConfig GetFunctionConfiguration GetPolicy ListVersionsByFunction PublishVersion PutFunctionConcurrency RemovePermission TagResource UntagResource UpdateFunctionCode UpdateFunctionConfiguration",
  logs: "CreateLogGroup DeleteLogGroup DescribeLogGroups ListTagsForResource PutRetentionPolicy TagResource UntagResource",
  s3: "DeleteObject GetObject HeadObject ListObjectsV2 PutObject",
  sns: "CreateTopic DeleteTopic GetSubscriptionAttributes GetTopicAttributes ListTagsForResource SetTopicAttributes Subscribe TagResource Unsubscribe UntagResource",
  sts: "GetCallerIdentity",
};

export const heardActions: readonly string[] = Object.entries(heard).flatMap(([service, actions]) =>
  actions.split(" ").map((action) => `${service}:${action}`),
);

/** What deploying may all the same, and why it cannot be heard there. */
export const unheardActions: Readonly<Record<string, string>> = {
  "backup:CreateBackupSelection": "the emulator has no selections",
  "backup:DeleteBackupSelection": "the emulator has no selections",
  "backup:GetBackupSelection": "the emulator has no selections",
  "backup:TagResource":
    "asked for with a plan's tags; the emulator shows none, so that none are changed there",
  "backup:UntagResource": "takes a tag from a plan; the emulator shows none",
  "backup:UpdateBackupPlan": "the emulator changes no plan",
  "cloudwatch:PutCompositeAlarm": "the emulator has no composite alarms",
  "iam:DetachRolePolicy": "takes away what somebody has attached to a function's role by hand",
  "iam:PassRole": "asked by Lambda, where a function gets its role, and by AWS Backup",
  "iam:UpdateRoleDescription":
    "the description's words are the toolkit's, and may be others in its next version",
};

/** What deploying may besides where the service stands by: the emulator makes no replica. */
export const replicaActions: readonly string[] = [
  "dynamodb:BatchWriteItem",
  "dynamodb:CreateTableReplica",
  "dynamodb:DeleteItem",
  "dynamodb:DeleteTableReplica",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:Scan",
  "dynamodb:UpdateItem",
  "iam:CreateServiceLinkedRole",
];
