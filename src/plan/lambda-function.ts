import type { Manifest } from "../manifest/index.ts";
import { functionName, lambdaHandler } from "../names.ts";
import { logStatement, traceStatement } from "./statements.ts";
import type { EnvironmentName, FunctionPlan, Statement } from "./types.ts";

/** What is said of one function. All else follows from its service and the environment. */
export interface StatedFunction
  extends Pick<
    FunctionPlan,
    | "key"
    | "description"
    | "entry"
    | "memoryMb"
    | "timeoutSeconds"
    | "reservedConcurrency"
    | "ephemeralStorageMb"
    | "maxPackageSizeKb"
    | "codeCache"
    | "environmentVariables"
    | "from"
  > {
  /** What it may do beside writing its log and its traces. */
  readonly statements: readonly Statement[];
}

export function planLambdaFunction(
  { prefix, name: service, runtime, architecture, tracing, environments }: Manifest,
  environment: EnvironmentName,
  { statements, ...stated }: StatedFunction,
): FunctionPlan {
  const { accountId, region, logLevel, logRetentionDays } = environments[environment];
  const name = functionName(prefix, service, stated.key, environment);
  const logGroup = `/aws/lambda/${name}`;
  const { from } = stated;
  return {
    key: stated.key,
    name,
    arn: `arn:aws:lambda:${region}:${accountId}:function:${name}`,
    description: stated.description,
    entry: stated.entry,
    handler: lambdaHandler,
    runtime,
    architecture,
    memoryMb: stated.memoryMb,
    timeoutSeconds: stated.timeoutSeconds,
    reservedConcurrency: stated.reservedConcurrency,
    ephemeralStorageMb: stated.ephemeralStorageMb,
    maxPackageSizeKb: stated.maxPackageSizeKb,
    codeCache: stated.codeCache,
    environmentVariables: stated.environmentVariables,
    logGroup: { name: logGroup, retentionDays: logRetentionDays },
    // Lambda's own line of each invocation says what it took, and comes at INFO: it is wanted everywhere.
    logging: {
      applicationLevel: logLevel === "DEBUG" ? "DEBUG" : "INFO",
      systemLevel: "INFO",
    },
    role: {
      name,
      statements: [
        logStatement(from, `arn:aws:logs:${region}:${accountId}:log-group:${logGroup}`),
        ...(tracing ? [traceStatement(from)] : []),
        ...statements,
      ],
    },
    from,
  };
}
