import { environmentVariables, handlerExport } from "../names.ts";
import type { FunctionPlan, ServicePlan } from "../plan/index.ts";

/**
 * The environment variables of a function on this machine: its own, and those that Lambda sets.
 * Nothing of the developer's environment gets in, so that nothing works here that would not there.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function localVariables(
  plan: Pick<ServicePlan, "region">,
  lambda: FunctionPlan,
  tableEndpoint: string,
): Record<string, string> {
  return {
    ...lambda.environmentVariables,
    [environmentVariables.environment]: "local",
    ...tableAccess(plan.region, tableEndpoint),
    AWS_EXECUTION_ENV: `AWS_Lambda_${lambda.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: lambda.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: lambda.logGroup.name,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    _HANDLER: `index.${handlerExport}`,
    LAMBDA_TASK_ROOT: "/var/task",
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
  };
}

/** What makes an AWS SDK talk to the engine on this machine, and to nothing else. */
export function tableAccess(region: string, endpoint: string): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: "local",
    // The SDK warns of this machine's Node.js, which is not the one that the function will run on.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}
