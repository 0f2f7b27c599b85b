/**
 * Numbers and names that are AWS's, not ours. Each has its source and the day it was read.
 */

/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html (2026-11-22) */
export const runtimes = ["nodejs22.x", "nodejs24.x"] as const;
export type Runtime = (typeof runtimes)[number];

/**
 * The day from which AWS patches a runtime no more. Two months later it changes no function that has one, if it
 * does not put that off, as it did for Node.js 18 and 20: 1 July 2027 and 1 July 2028 for those of a manifest.
 * Older ones are here because an account may still have them; those that are older still ended before 2025.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html (2026-11-27, as others quote it: endoflife.date and AWS's notices to customers)
 */
export const runtimePatchesEnd = {
  "nodejs18.x": "2025-09-01",
  "nodejs20.x": "2026-04-30",
  "nodejs22.x": "2027-04-30",
  "nodejs24.x": "2028-04-30",
} as const satisfies Readonly<Record<Runtime, string>> & Readonly<Record<string, string>>;

/**
 * Those whose V8 takes a code cache whatever the size of the heap, which Lambda sets by a function's memory.
 * Node.js 22 does not: measured with 22.23.3 and 24.21.0 (2026-11-26), see docs/decisions/0023-code-cache.md.
 */
export const runtimesWithCodeCache: readonly Runtime[] = ["nodejs24.x"];

/** @see https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html (2026-11-22) */
export const architectures = ["arm64", "x86_64"] as const;
export type Architecture = (typeof architectures)[number];

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (2026-11-22) */
export const lambdaLimits = {
  memoryMb: { min: 128, max: 10_240 },
  timeoutSeconds: { min: 1, max: 900 },
  ephemeralStorageMb: { min: 512, max: 10_240 },
  /** Of a deployment package that is uploaded as it is, in MB of 1,024 × 1,024 bytes. */
  zippedSizeMb: 50,
  unzippedSizeMb: 250,
  functionNameLength: 64,
  descriptionLength: 256,
  /** Of all of a function's environment variables together. */
  environmentVariablesBytes: 4096,
} as const;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime (2026-11-22) */
export const reservedVariables = [
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
] as const;

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html (2026-11-22) */
export const tableNameLength = { max: 255 } as const;
export const keyAttributeLength = { max: 255 } as const;

/**
 * Of an account and region, for all its APIs together. In some, such as af-south-1, a quarter of it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html (2026-11-26)
 */
export const apiThrottling = { requestsPerSecond: 10_000, burst: 5_000 } as const;

/**
 * The operations that DynamoDB counts throttled requests and its own errors by, and the grants that
 * a function needs for each. They are 10, which is what one alarm can add up.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html (2026-11-26)
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html (2026-11-26)
 */
export const tableOperations = {
  BatchGetItem: ["BatchGetItem"],
  BatchWriteItem: ["BatchWriteItem"],
  DeleteItem: ["DeleteItem"],
  GetItem: ["GetItem"],
  PutItem: ["PutItem"],
  Query: ["Query"],
  Scan: ["Scan"],
  TransactGetItems: ["GetItem"],
  TransactWriteItems: ["ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"],
  UpdateItem: ["UpdateItem"],
} as const;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html (2026-11-26) */
export const bucketNameLength = { max: 63 } as const;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (2026-11-26) */
export const roleNameLength = { max: 64 } as const;

/**
 * The longest name that API Gateway takes for a domain is the longest common name of a certificate.
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html (2026-11-27)
 */
export const dnsLimits = { nameLength: 64 } as const;

/**
 * How long AWS Backup keeps what is to be deleted some day.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html (2026-11-27)
 */
export const backupRetentionDays = { min: 1, max: 36_500 } as const;

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html (2026-11-27) */
export const vaultNameLength = { max: 50 } as const;

/**
 * How near to now a table can be restored: five minutes ago, as AWS says typically.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html (2026-11-27)
 */
export const restorableMinutesAgo = 5;

/** @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html (2026-11-22) */
export const tagLimits = { count: 50, keyLength: 128, valueLength: 256 } as const;

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html (2026-11-22) */
export const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;
export type LogRetentionDays = (typeof logRetentionDays)[number];

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html (2026-11-22) */
export const regions = [
  "af-south-1",
  "ap-east-1",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
] as const;
export type Region = (typeof regions)[number];

/**
 * What no name in Parameter Store begins with, in small letters or capitals.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html (2026-11-27)
 */
export const reservedParameterPrefix = /^(?:aws|ssm)/;

/**
 * The longest value that a store takes, in bytes: a standard parameter, which is free, and a secret.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html (2026-11-27)
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html (2026-11-27)
 */
export const secretBytes = { ssm: 4096, "secrets-manager": 65_536 } as const;
