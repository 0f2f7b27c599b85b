import { authorizerKey } from "../../names.ts";
import type { FunctionError } from "./invocation.ts";

/** To the letter, the only thing that an authorizer can throw and mean. */
const refusal = "Unauthorized";

/**
 * Whether an authorizer's error is its answer to a token. Whoever is refused is told by API Gateway; to
 * Lambda alone it is a failure, as each error is.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html (2026-11-27)
 */
export function isRefusal({ errorMessage }: FunctionError): boolean {
  return errorMessage === refusal;
}

/** Whether an invocation that ended so has failed: that a token is refused is what the authorizer is there for. */
export function hasFailed(functionKey: string, error: FunctionError): boolean {
  return functionKey !== authorizerKey || !isRefusal(error);
}

/** Whether a line is what the runtime writes of a refusal: the line before says why, and the answer is 401. */
export function isRefusalLine(functionKey: string, line: string): boolean {
  const error = `\tERROR\tInvoke Error \t{"errorType":"Error","errorMessage":"${refusal}"`;
  return functionKey === authorizerKey && line.includes(error);
}
