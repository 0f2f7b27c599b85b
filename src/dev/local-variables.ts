import { environmentVariables, handlerExport, localEnvironment } from "../names.ts";
import type { FunctionPlan, ServicePlan } from "../plan/index.ts";
import { type CallerCredentials, ownerAccessKeyId } from "./table-endpoint/index.ts";

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
  credentials: CallerCredentials,
  secretEndpoint?: string,
): Record<string, string> {
  return {
    ...lambda.environmentVariables,
    [environmentVariables.environment]: localEnvironment,
    ...tableAccess(plan.region, tableEndpoint, credentials),
    ...(secretEndpoint !== undefined && {
      AWS_ENDPOINT_URL_SSM: secretEndpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretEndpoint,
    }),
    AWS_EXECUTION_ENV: `AWS_Lambda_${lambda.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: lambda.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: lambda.logGroup.name,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    _HANDLER: `index.${handlerExport}`,
    ...ofTheMachine(lambda.runtime),
  };
}

/** What Lambda's own Linux is like. Layers, extensions and X-Ray's daemon are named, and not there. */
function ofTheMachine(runtime: string): Record<string, string> {
  const node = runtime.replace(/^nodejs(\d+)\.x$/, "node$1");
  const xray = { host: "169.254.79.129", port: "2000" };
  return {
    LAMBDA_TASK_ROOT: "/var/task",
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    PATH: "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
    LD_LIBRARY_PATH:
      "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
    NODE_PATH: `/opt/nodejs/${node}/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task`,
    PWD: "/var/task",
    SHLVL: "0",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    AWS_XRAY_DAEMON_ADDRESS: `${xray.host}:${xray.port}`,
    _AWS_XRAY_DAEMON_ADDRESS: xray.host,
    _AWS_XRAY_DAEMON_PORT: xray.port,
  };
}

/** What makes an AWS SDK talk to the engine on this machine, and to nothing else. */
export function tableAccess(
  region: string,
  endpoint: string,
  credentials: CallerCredentials = owner,
): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    // The SDK warns of this machine's Node.js, which is not the one that the function will run on.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}

/** The developer, who may do everything at the tables. */
const owner: CallerCredentials = {
  accessKeyId: ownerAccessKeyId,
  secretAccessKey: "local",
  sessionToken: "local",
};
