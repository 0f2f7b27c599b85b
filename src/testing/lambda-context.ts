import type { Context } from "aws-lambda";
import { contextObject, newInvocationContext, newLogStreamName } from "../dev/index.ts";

export interface ContextOptions {
  /** @default "test-function" */
  readonly functionName?: string;
  /** @default 256 */
  readonly memoryMb?: number;
  /** The time that `getRemainingTimeInMillis` counts down from. @default 30 */
  readonly timeoutSeconds?: number;
}

/** Lambda's context object, for calling a handler by hand. */
export function lambdaContext({
  functionName = "test-function",
  memoryMb = 256,
  timeoutSeconds = 30,
}: ContextOptions = {}): Context {
  return contextObject(
    newInvocationContext(
      {
        name: functionName,
        arn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`,
        memoryMb,
        timeoutSeconds,
        logGroup: { name: `/aws/lambda/${functionName}`, retentionDays: 7 },
      },
      newLogStreamName(),
    ),
  );
}
