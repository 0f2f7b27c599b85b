/**
 * What AWS counts and charges for, of all that a service plan makes. What no plan makes, such as copies of
 * tables in another region, has no meter.
 */

/** Where a meter stands in what is shown: the first five follow requests, the others are there without any. */
export const parts = ["lambda", "api", "dynamodb", "logs", "traces"] as const;
export type Part = (typeof parts)[number];

interface MeterFacts {
  /** Null where it is charged whether anybody asks or not. */
  readonly part: Part | null;
  /** What is counted, as a person says it. */
  readonly what: string;
  /** What AWS gives an account each month for nothing, and not for the first year only. @default nothing */
  readonly free?: string;
  /** AWS's page with the price. */
  readonly source: string;
}

const lambda = "https://aws.amazon.com/lambda/pricing/";
const apiGateway = "https://aws.amazon.com/api-gateway/pricing/";
const ec2 = "https://aws.amazon.com/ec2/pricing/on-demand/";
const dynamodb = "https://aws.amazon.com/dynamodb/pricing/on-demand/";
const cloudWatch = "https://aws.amazon.com/cloudwatch/pricing/";
const xRay = "https://aws.amazon.com/xray/pricing/";
const kms = "https://aws.amazon.com/kms/pricing/";
const secretsManager = "https://aws.amazon.com/secrets-manager/pricing/";
const s3 = "https://aws.amazon.com/s3/pricing/";

/** GB are of 1,024 × 1,024 × 1,024 bytes, as AWS counts them, and months are AWS's. All pages are of 2026-11-27. */
export const meters = {
  "lambda-requests": { part: "lambda", what: "requests", free: "1000000", source: lambda },
  // A service has one architecture for all its functions, and so one of these two.
  "lambda-arm64": { part: "lambda", what: "GB-seconds", free: "400000", source: lambda },
  "lambda-x86_64": { part: "lambda", what: "GB-seconds", free: "400000", source: lambda },
  "lambda-storage": { part: "lambda", what: "GB-seconds of /tmp over 512 MB", source: lambda },
  "api-requests": { part: "api", what: "requests", source: apiGateway },
  "data-out": { part: "api", what: "GB to the internet", free: "100", source: ec2 },
  "table-reads": { part: "dynamodb", what: "read request units", source: dynamodb },
  "table-writes": { part: "dynamodb", what: "write request units", source: dynamodb },
  "function-logs": { part: "logs", what: "GB of functions", free: "5", source: cloudWatch },
  "access-logs": { part: "logs", what: "GB of API Gateway", source: cloudWatch },
  // What is free of logs is one amount for both: what comes in, and what is kept.
  "log-storage": { part: "logs", what: "GB-months kept", source: cloudWatch },
  traces: { part: "traces", what: "traces recorded", free: "100000", source: xRay },
  "table-storage": { part: null, what: "GB of tables", free: "25", source: dynamodb },
  "table-recovery": { part: null, what: "GB of point-in-time recovery", source: dynamodb },
  "alarm-metrics": { part: null, what: "metrics of alarms", free: "10", source: cloudWatch },
  "composite-alarms": { part: null, what: "alarm over others", source: cloudWatch },
  dashboards: { part: null, what: "dashboard", free: "3", source: cloudWatch },
  "custom-metrics": { part: null, what: "metrics of the code", free: "10", source: cloudWatch },
  keys: { part: null, what: "KMS key of alarms", source: kms },
  // Those of Parameter Store cost nothing, as long as they are standard parameters.
  secrets: { part: null, what: "secrets in Secrets Manager", source: secretsManager },
  "secret-reads": { part: null, what: "reads of those secrets", source: secretsManager },
  artifacts: { part: null, what: "GB of zips in S3", source: s3 },
} as const satisfies Readonly<Record<string, MeterFacts>>;

export type Meter = keyof typeof meters;

export const meterNames = Object.keys(meters) as readonly Meter[];

export function factsOf(meter: Meter): MeterFacts {
  return meters[meter];
}
