import type { Deadlines } from "../deadlines.ts";
import type { InvocationResult } from "../host/invocation.ts";
import { type Answer, functionAnswer } from "./answer.ts";
import { decodeBase64 } from "./binary.ts";
import {
  badConfiguration,
  functionFailed,
  integrationTimedOut,
  tooManyRequests,
  unavailable,
} from "./gateway-answers.ts";

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const integrationTimeoutMilliseconds = 29_000;

/** Waits as long as API Gateway does; undefined after that. The invocation goes on. */
export function inTime(
  deadlines: Deadlines,
  invocation: Promise<InvocationResult>,
): Promise<InvocationResult | undefined> {
  return new Promise((resolve, reject) => {
    const deadline = deadlines.set(integrationTimeoutMilliseconds, () => resolve(undefined));
    void invocation.then(resolve, reject).then(() => deadlines.callOff(deadline));
  });
}

export interface ResultAnswer {
  readonly answer: Answer;
  /** False where API Gateway made the answer itself. */
  readonly isFunctions: boolean;
}

/**
 * The answer that an invocation comes to.
 * @param result undefined where it took too long
 * @param acceptsBytes the caller's `Accept` asks for one of the API's binary media types
 */
export function answerOf(
  result: InvocationResult | undefined,
  acceptsBytes: boolean,
): ResultAnswer {
  if (result === undefined) return own(integrationTimedOut);
  if (!result.ok) return own(failures[result.reason]);
  const answer = functionAnswer(result.payload);
  if (answer === undefined) return own(functionFailed);
  if (!answer.isBase64Encoded || !acceptsBytes) return { answer, isFunctions: true };
  const body = decodeBase64(answer.body);
  return body === undefined
    ? own(badConfiguration)
    : { answer: { ...answer, body }, isFunctions: true };
}

const failures = {
  function: functionFailed,
  throttled: tooManyRequests,
  "not-found": badConfiguration,
  stopping: unavailable,
};

function own(answer: Answer): ResultAnswer {
  return { answer, isFunctions: false };
}
