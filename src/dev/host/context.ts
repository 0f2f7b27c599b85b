import { randomBytes, randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import type { FunctionPlan } from "../../plan/index.ts";

/** The parts of Lambda's context object that are plain data. */
export interface InvocationContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryLimitInMB: string;
  readonly invokedFunctionArn: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
}

/** `2026/11/22/[$LATEST]58419525dade4d17a495dceeeed44708`: one for each execution environment. */
export function newLogStreamName(): string {
  const date = new Date().toISOString().slice(0, 10).replaceAll("-", "/");
  return `${date}/[$LATEST]${randomBytes(16).toString("hex")}`;
}

export function newInvocationContext(
  lambda: Pick<FunctionPlan, "name" | "arn" | "memoryMb" | "timeoutSeconds" | "logGroup">,
  logStreamName: string,
): InvocationContext {
  return {
    awsRequestId: randomUUID(),
    functionName: lambda.name,
    functionVersion: "$LATEST",
    memoryLimitInMB: String(lambda.memoryMb),
    invokedFunctionArn: lambda.arn,
    logGroupName: lambda.logGroup.name,
    logStreamName,
    deadline: Date.now() + lambda.timeoutSeconds * 1000,
  };
}

/**
 * Lambda's context object.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function contextObject({ deadline, ...data }: InvocationContext): Context {
  return {
    ...data,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
    done: removed("done"),
    fail: removed("fail"),
    succeed: removed("succeed"),
  };
}

/** Ways to answer of handlers with a callback, which a test calls through `lambdakit dev` and not directly. */
function removed(name: string) {
  return () => {
    throw new Error(`context.${name} is not a function of this runtime; return or throw instead.`);
  };
}
