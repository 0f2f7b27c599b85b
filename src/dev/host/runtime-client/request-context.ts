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
  const { clientContext, functionArn: invokedFunctionArn, requestId: awsRequestId } = invocation;
  const { functionName, functionVersion, memoryLimitInMB, logGroupName, logStreamName } =
    environment;
  const identity = undefined;
  const tenantId = undefined;
  const getRemainingTimeInMillis = () => deadline - Date.now();
  // Each name stands twice, because it takes 0.9 µs this way, and 7.6 where the parts are spread.
  return generation === 3
    ? {
        functionVersion,
        functionName,
        memoryLimitInMB,
        logGroupName,
        logStreamName,
        clientContext,
        identity,
        invokedFunctionArn,
        awsRequestId,
        tenantId,
        getRemainingTimeInMillis,
      }
    : {
        clientContext,
        identity,
        invokedFunctionArn,
        awsRequestId,
        tenantId,
        xRayTraceId: traceId,
        getRemainingTimeInMillis,
        functionName,
        functionVersion,
        memoryLimitInMB,
        logGroupName,
        logStreamName,
      };
}

const environment = {
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
};
