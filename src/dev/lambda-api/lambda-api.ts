import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { ServicePlan } from "../../plan/index.ts";
import type { Answer } from "../gateway/answer.ts";
import type { Mount } from "../gateway/mount.ts";
import { send } from "../gateway/send.ts";
import type { InvocationRequest, InvocationResult } from "../host/invocation.ts";
import { ApiError, originRefused, unknownOperation } from "./api-error.ts";
import { type EventDelays, lambdaDelays } from "./event-queue.ts";
import { findFunction, latest } from "./find-function.ts";
import { functionConfiguration, functionDescription } from "./function-configuration.ts";
import { invoke } from "./invoke.ts";

/** The service whose functions are invoked; read anew for each request, because it may be replaced. */
export interface LambdaApiTarget {
  readonly plan: ServicePlan;
  invoke(functionKey: string, request: InvocationRequest): Promise<InvocationResult>;
}

export interface LambdaApiOptions {
  readonly target: () => LambdaApiTarget;
  /** How long an asynchronous invocation waits before it is tried again. @default as long as in Lambda */
  readonly delays?: EventDelays;
}

/** The date in the path is the version of AWS's API, which never changed. */
const prefix = "/2015-03-31/functions";

/**
 * The part of the Lambda API that a person needs beside the HTTP API: `aws lambda invoke` and
 * `aws lambda list-functions` with `--endpoint-url`, and the same of every AWS SDK. Signatures are
 * not checked.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
 */
export function createLambdaApi({ target, delays = lambdaDelays }: LambdaApiOptions): Mount {
  return {
    prefix,
    async handle(message, response) {
      const answer = await operate(message, target(), delays).catch(errorAnswer);
      // What was not read is of no use any more, and the connection may be.
      message.resume();
      send(response, answer);
    },
  };
}

async function operate(
  message: IncomingMessage,
  target: LambdaApiTarget,
  delays: EventDelays,
): Promise<Answer> {
  const { plan } = target;
  refuseOtherPages(message.headers);
  const url = new URL(message.url ?? "/", "http://localhost");
  const [name = "", operation = "", ...rest] = url.pathname.slice(prefix.length + 1).split("/");
  const asked = `${message.method} ${name === "" ? "" : "{FunctionName}/"}${operation}`;
  if (rest.length > 0) throw unknownOperation(`${message.method} ${url.pathname}`);
  const find = (assumed?: string) =>
    findFunction(plan, decoded(name), url.searchParams.get("Qualifier"), assumed);
  switch (asked) {
    case "GET ":
      return json({
        Functions: plan.functions.map((lambda) => functionConfiguration(lambda, plan)),
      });
    case "GET {FunctionName}/":
      return json(functionDescription(find(), plan));
    case "GET {FunctionName}/configuration":
      return json(functionConfiguration(find(), plan));
    case "POST {FunctionName}/invocations": {
      const lambda = find(latest);
      return invoke(message, lambda, (request) => target.invoke(lambda.key, request), delays);
    }
    default:
      throw unknownOperation(`${message.method} ${url.pathname}`);
  }
}

/**
 * Only a browser says where a request comes from. This machine's own pages are welcome, but not one
 * whose name somebody lets point at this machine (DNS rebinding).
 */
function refuseOtherPages({ origin, host }: IncomingHttpHeaders): void {
  const asked = origin ?? `http://${host ?? "localhost"}`;
  if (!/^https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(asked)) throw originRefused(asked);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // It is no name then, and the error quotes it as it came.
    return name;
  }
}

function json(value: unknown): Answer {
  return {
    status: 200,
    headers: [
      ["Content-Type", "application/json"],
      ["x-amzn-RequestId", randomUUID()],
    ],
    body: JSON.stringify(value),
  };
}

function errorAnswer(error: unknown): Answer {
  if (!(error instanceof ApiError)) throw error;
  return {
    status: error.status,
    headers: [
      ["Content-Type", "application/json"],
      ["x-amzn-RequestId", randomUUID()],
      ["x-amzn-ErrorType", error.type],
    ],
    body: JSON.stringify(error.body),
  };
}
