/** What IAM asks for where `src/aws` calls AWS, by the SDK's names. */

/** Whoever is known at all may ask who that is. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html (2026-11-27) */
const nothing = null;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html (2026-11-27) */
export const sdkActions = {
  AssumeRole: "sts:AssumeRole",
  CreateBucket: "s3:CreateBucket",
  DescribeAlarms: "cloudwatch:DescribeAlarms",
  GetAlias: "lambda:GetAlias",
  GetCallerIdentity: nothing,
  GetFunctionConfiguration: "lambda:GetFunctionConfiguration",
  GetMetricData: "cloudwatch:GetMetricData",
  GetObject: "s3:GetObject",
  HeadBucket: "s3:ListBucket",
  HeadObject: "s3:GetObject",
  ListObjectsV2: "s3:ListBucket",
  PutBucketVersioning: "s3:PutBucketVersioning",
  PutObject: "s3:PutObject",
  UpdateAlias: "lambda:UpdateAlias",
} as const;

/** Of `bootstrap`, which an administrator runs: no role of a workflow prepares an account. */
export const administrators: readonly (keyof typeof sdkActions)[] = [
  "CreateBucket",
  "HeadBucket",
  "PutBucketVersioning",
];
