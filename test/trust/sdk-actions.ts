/** What IAM asks for where `src/aws` calls AWS, by the SDK's names. */

/** Whoever is known at all may ask who that is. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html (2026-11-27) */
const nothing = null;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html (2026-11-27) */
export const sdkActions = {
  AssumeRole: "sts:AssumeRole",
  BatchGetItem: "dynamodb:BatchGetItem",
  BatchWriteItem: "dynamodb:BatchWriteItem",
  CreateBackup: "dynamodb:CreateBackup",
  CreateBucket: "s3:CreateBucket",
  CreateSecret: "secretsmanager:CreateSecret",
  DeleteBackup: "dynamodb:DeleteBackup",
  DeleteFunction: "lambda:DeleteFunction",
  DeleteParameter: "ssm:DeleteParameter",
  DeleteResourcePolicy: "dynamodb:DeleteResourcePolicy",
  DeleteSecret: "secretsmanager:DeleteSecret",
  DeleteTable: "dynamodb:DeleteTable",
  DescribeAlarmHistory: "cloudwatch:DescribeAlarmHistory",
  DescribeAlarms: "cloudwatch:DescribeAlarms",
  DescribeBackup: "dynamodb:DescribeBackup",
  DescribeContinuousBackups: "dynamodb:DescribeContinuousBackups",
  DescribeContributorInsights: "dynamodb:DescribeContributorInsights",
  DescribeKinesisStreamingDestination: "dynamodb:DescribeKinesisStreamingDestination",
  DescribeLogGroups: "logs:DescribeLogGroups",
  DescribeParameters: "ssm:DescribeParameters",
  DescribeRestoreJob: "backup:DescribeRestoreJob",
  DescribeSecret: "secretsmanager:DescribeSecret",
  DescribeTable: "dynamodb:DescribeTable",
  DescribeTimeToLive: "dynamodb:DescribeTimeToLive",
  DisableKinesisStreamingDestination: "dynamodb:DisableKinesisStreamingDestination",
  EnableKinesisStreamingDestination: "dynamodb:EnableKinesisStreamingDestination",
  FilterLogEvents: "logs:FilterLogEvents",
  GetAlias: "lambda:GetAlias",
  GetBucketEncryption: "s3:GetEncryptionConfiguration",
  GetBucketVersioning: "s3:GetBucketVersioning",
  GetCallerIdentity: nothing,
  GetFunctionConfiguration: "lambda:GetFunctionConfiguration",
  GetHealthCheck: "route53:GetHealthCheck",
  GetMetricData: "cloudwatch:GetMetricData",
  GetObject: "s3:GetObject",
  GetPolicy: "iam:GetPolicy",
  GetPolicyVersion: "iam:GetPolicyVersion",
  GetPublicAccessBlock: "s3:GetBucketPublicAccessBlock",
  GetQueryResults: "logs:GetQueryResults",
  GetResourcePolicy: "dynamodb:GetResourcePolicy",
  GetRestoreJobMetadata: "backup:GetRestoreJobMetadata",
  GetRole: "iam:GetRole",
  GetRolePolicy: "iam:GetRolePolicy",
  HeadBucket: "s3:ListBucket",
  HeadObject: "s3:GetObject",
  Invoke: "lambda:InvokeFunction",
  ListAccessKeys: "iam:ListAccessKeys",
  ListAttachedRolePolicies: "iam:ListAttachedRolePolicies",
  ListBackups: "dynamodb:ListBackups",
  ListObjectsV2: "s3:ListBucket",
  ListRecoveryPointsByBackupVault: "backup:ListRecoveryPointsByBackupVault",
  ListResourceRecordSets: "route53:ListResourceRecordSets",
  ListRestoreJobs: "backup:ListRestoreJobs",
  ListRolePolicies: "iam:ListRolePolicies",
  ListSecrets: "secretsmanager:ListSecrets",
  ListTagsOfResource: "dynamodb:ListTagsOfResource",
  ListUsers: "iam:ListUsers",
  ListVersionsByFunction: "lambda:ListVersionsByFunction",
  PutBucketVersioning: "s3:PutBucketVersioning",
  PutItem: "dynamodb:PutItem",
  PutObject: "s3:PutObject",
  PutParameter: "ssm:PutParameter",
  PutResourcePolicy: "dynamodb:PutResourcePolicy",
  PutSecretValue: "secretsmanager:PutSecretValue",
  RestoreSecret: "secretsmanager:RestoreSecret",
  RestoreTableFromBackup: "dynamodb:RestoreTableFromBackup",
  RestoreTableToPointInTime: "dynamodb:RestoreTableToPointInTime",
  Scan: "dynamodb:Scan",
  StartQuery: "logs:StartQuery",
  StartRestoreJob: "backup:StartRestoreJob",
  StopQuery: "logs:StopQuery",
  TagResource: "dynamodb:TagResource",
  UntagResource: "dynamodb:UntagResource",
  UpdateAlias: "lambda:UpdateAlias",
  UpdateContinuousBackups: "dynamodb:UpdateContinuousBackups",
  UpdateContributorInsights: "dynamodb:UpdateContributorInsights",
  UpdateFunctionCode: "lambda:UpdateFunctionCode",
  UpdateHealthCheck: "route53:UpdateHealthCheck",
  UpdateTable: "dynamodb:UpdateTable",
  UpdateTimeToLive: "dynamodb:UpdateTimeToLive",
} as const;

/** Of `bootstrap`, which an administrator runs: no role of a workflow prepares an account. */
export const administrators = ["CreateBucket", "PutBucketVersioning"] as const;

/** Of `audit`, which people run as themselves, with what the roles of workflows may; docs/reference/audit.md has them all. */
export const auditors = [
  "GetBucketEncryption",
  "GetBucketVersioning",
  "GetPolicy",
  "GetPolicyVersion",
  "GetPublicAccessBlock",
  "ListAccessKeys",
  "ListUsers",
] as const;

/** Of `status`, `logs`, `alarms` and `invoke`, which people run as themselves; docs/reference/observe.md has them all. */
export const observers = [
  "DescribeAlarmHistory",
  "FilterLogEvents",
  "GetQueryResults",
  "Invoke",
  "ListBackups",
  "StartQuery",
  "StopQuery",
] as const;

/** Of `dr failover` and `dr failback`, of an environment with a domain; docs/reference/recovery.md has them all. */
export const leaders = ["GetHealthCheck", "ListResourceRecordSets", "UpdateHealthCheck"] as const;

/** Of `secret`, which people run as themselves: no role of a workflow writes a secret. docs/reference/secrets.md has them all. */
export const keepers = [
  "CreateSecret",
  "DeleteParameter",
  "DeleteSecret",
  "DescribeSecret",
  "PutParameter",
  "PutSecretValue",
  "RestoreSecret",
] as const;

/** Of `dr backup` and `dr restore`, which people run as themselves. docs/reference/recovery.md has them all. */
export const restorers = [
  "CreateBackup",
  "DeleteBackup",
  "DeleteResourcePolicy",
  "DescribeBackup",
  "DescribeContributorInsights",
  "DescribeKinesisStreamingDestination",
  "DescribeRestoreJob",
  "DisableKinesisStreamingDestination",
  "EnableKinesisStreamingDestination",
  "GetResourcePolicy",
  "GetRestoreJobMetadata",
  "ListRecoveryPointsByBackupVault",
  "ListRestoreJobs",
  "PutResourcePolicy",
  "RestoreTableFromBackup",
  "RestoreTableToPointInTime",
  "StartRestoreJob",
  "UntagResource",
  "UpdateContributorInsights",
  "UpdateTable",
] as const;

/** Of `dr drill`, which people run as themselves, beside those of what recovers. docs/reference/recovery.md has them all. */
export const drillers = [
  "BatchWriteItem",
  "DeleteFunction",
  "DeleteTable",
  "UpdateFunctionCode",
] as const;

/** Of `dr restore` where it compares, and of `dr merge`, which people run as themselves: no role of a workflow reads or writes an item. docs/reference/recovery.md has them all. */
export const mergers = ["BatchGetItem", "PutItem", "Scan"] as const;
