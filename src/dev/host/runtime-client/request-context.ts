import type { Invocation } from "../environment.ts";
import type { Generation } from "./generation.ts";

/**
 * The data of Lambda's context object, in AWS's order. Also tells X-Ray's clients the trace of this
 * invocation, by `_X_AMZN_TRACE_ID`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function requestContext(invocation: Invocation, generation: Generation): object {
  const { deadline, traceId } = invocation;
  process.env._X_AMZN_TRACE_ID = traceId;
  const request = {
    clientContext: invocation.clientContext,
    identity: undefined,
    invokedFunctionArn: invocation.functionArn,
    awsRequestId: invocation.requestId,
    tenantId: undefined,
    ...(generation === 4 && { xRayTraceId: traceId }),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  const { functionName, functionVersion, ...size } = environment;
  return generation === 3
    ? { functionVersion, functionName, ...size, ...request }
    : { ...request, functionName, functionVersion, ...size };
}

const environment = {
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
};
