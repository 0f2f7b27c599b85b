import type { Invocation } from "../environment.ts";
import { callbackContext } from "./callback-context.ts";
import type { LambdaConsole } from "./console.ts";
import { errorResponse } from "./error-response.ts";
import { exit, parse, setImmediate } from "./intrinsics.ts";
import { type FindPlace, type Handler, loadHandler } from "./load-handler.ts";
import { payloadOf } from "./payload.ts";
import { requestContext } from "./request-context.ts";
import { RuntimeError } from "./runtime-error.ts";
import { buffered, isStreaming } from "./streaming.ts";
import type { Transport } from "./transport.ts";

/** What AWS's runtime client exits with, after it has told the reason. */
const exitStatus = { uncaughtException: 129, unhandledRejection: 128 };

const callbacksEnd =
  "AWS Lambda plans to remove support for callback-based function handlers starting with Node.js 24. You will need to update this function to use an async handler to use Node.js 24 or later. For more information and to provide feedback on this change, see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137. To disable this warning, set the AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING environment variable.";

const neverSettled =
  "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes";

/**
 * Generation 3: an async handler is answered by its promise, any other by its callback, and if it
 * calls none, by null when nothing is left to do.
 */
export async function runWithCallbacks(
  place: FindPlace,
  transport: Transport,
  log: LambdaConsole,
): Promise<void> {
  let failAndExit = (error: unknown, status: number) =>
    transport.failInit(errorResponse(error), () => exit(status));
  let whenNothingIsLeft = () => {};

  const onUncaughtException = (error: unknown) => {
    log.logError("Uncaught Exception", error);
    failAndExit(error, exitStatus.uncaughtException);
  };
  process.on("uncaughtException", onUncaughtException);
  process.on("unhandledRejection", (reason, promise) => {
    const named = new RuntimeError(3, "UnhandledPromiseRejection", String(reason));
    const error = Object.assign(named, { reason, promise });
    log.logError("Unhandled Promise Rejection", error);
    failAndExit(error, exitStatus.unhandledRejection);
  });
  process.on("beforeExit", () => whenNothingIsLeft());

  let loaded: Handler;
  try {
    loaded = await loadHandler(await place(), 3);
  } catch (error) {
    return onUncaughtException(error);
  }
  if (mayUseCallback(loaded)) log.warn(callbacksEnd);
  const handler = buffered(loaded, log);
  next();

  function next(): void {
    setImmediate(() => transport.next(receive));
  }

  function receive(invocation: Invocation): void {
    const { requestId } = invocation;
    let answered = false;
    log.begin(requestId);
    failAndExit = (error, status) =>
      transport.fail(requestId, errorResponse(error), () => exit(status));

    const answer = (result: unknown) => {
      if (answered) return;
      transport.answer(requestId, payloadOf(result));
      finish();
    };
    const fail = (error: unknown) => {
      if (answered) return;
      log.logError("Invoke Error", error);
      transport.fail(requestId, errorResponse(error));
      finish();
    };
    const finish = () => {
      answered = true;
      whenNothingIsLeft = () => {};
      next();
    };
    whenNothingIsLeft = () => {
      if (isAsync(loaded)) fail(new RuntimeError(3, "NodeJsExit", neverSettled));
      else answer(null);
    };

    const { callback, context } = callbackContext({
      answer,
      fail,
      whenNothingIsLeft: (action) => {
        whenNothingIsLeft = action;
      },
    });
    try {
      const data = requestContext(invocation, 3);
      const result = handler(parse(invocation.payload), Object.assign(context, data), callback);
      if (isPromise(result)) result.then(context.succeed, context.fail).catch(context.fail);
    } catch (error) {
      callback(error);
    }
  }
}

function isPromise(result: unknown): result is Promise<unknown> {
  return typeof Object(result).then === "function";
}

function isAsync(handler: Handler): boolean {
  return handler.constructor.name === "AsyncFunction";
}

function mayUseCallback(handler: Handler): boolean {
  const { AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING: disabled } = process.env;
  return (
    disabled === undefined && handler.length === 3 && !isAsync(handler) && !isStreaming(handler)
  );
}
