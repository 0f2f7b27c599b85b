import { handlerExport } from "../../names.ts";
import type { FunctionPlan, ServicePlan } from "../../plan/index.ts";
import { latest } from "./find-function.ts";

/**
 * A function as the Lambda API describes it. What only a deployed function has is left out: the size
 * and the hash of its code, the time it was changed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 */
export function functionConfiguration(lambda: FunctionPlan, { accountId }: ServicePlan) {
  return {
    FunctionName: lambda.name,
    FunctionArn: lambda.arn,
    Runtime: lambda.runtime,
    Role: `arn:aws:iam::${accountId}:role/${lambda.role.name}`,
    Handler: `index.${handlerExport}`,
    Description: lambda.description,
    Timeout: lambda.timeoutSeconds,
    MemorySize: lambda.memoryMb,
    Version: latest,
    Environment: { Variables: lambda.environmentVariables },
    TracingConfig: { Mode: "PassThrough" },
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: "Zip",
    Architectures: [lambda.architecture],
    EphemeralStorage: { Size: lambda.ephemeralStorageMb },
    LoggingConfig: { LogFormat: "Text", LogGroup: lambda.logGroup.name },
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export function functionDescription(lambda: FunctionPlan, plan: ServicePlan) {
  return {
    Configuration: functionConfiguration(lambda, plan),
    Tags: plan.tags,
    ...(lambda.reservedConcurrency === null
      ? {}
      : { Concurrency: { ReservedConcurrentExecutions: lambda.reservedConcurrency } }),
  };
}
