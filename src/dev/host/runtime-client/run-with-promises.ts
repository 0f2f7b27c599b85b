import type { Invocation } from "../environment.ts";
import type { LambdaConsole } from "./console.ts";
import { errorResponse } from "./error-response.ts";
import { exit, parse, setImmediate } from "./intrinsics.ts";
import { type FindPlace, type Handler, loadHandler } from "./load-handler.ts";
import { payloadOf } from "./payload.ts";
import { requestContext } from "./request-context.ts";
import { RuntimeError } from "./runtime-error.ts";
import { buffered, isStreaming } from "./streaming.ts";
import type { Transport } from "./transport.ts";

const noCallbacks =
  "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.";

/**
 * Generation 4: what the handler returns, awaited, is the answer. Callbacks are refused. Where nothing
 * can settle that promise any more, nothing keeps Node.js from ending.
 */
export async function runWithPromises(
  place: FindPlace,
  transport: Transport,
  log: LambdaConsole,
): Promise<void> {
  let handler: Handler;
  try {
    const loaded = await loadHandler(await place(), 4);
    if (loaded.length >= 3 && !isStreaming(loaded)) {
      throw new RuntimeError(4, "CallbackHandlerDeprecated", noCallbacks);
    }
    handler = buffered(loaded, log);
  } catch (error) {
    log.logError("Init Error", error);
    return transport.failInit(errorResponse(error), () => exit(1));
  }
  transport.next(receive);

  function receive(invocation: Invocation): void {
    log.begin(invocation.requestId);
    void answer(invocation).then(() => transport.next(receive));
  }

  async function answer(invocation: Invocation): Promise<void> {
    const { requestId } = invocation;
    try {
      const result = await handler(parse(invocation.payload), requestContext(invocation, 4));
      await nextTurn();
      transport.answer(requestId, payload(result));
    } catch (error) {
      await nextTurn();
      log.logError("Invoke Error", error);
      transport.fail(requestId, errorResponse(error));
    }
  }
}

function payload(result: unknown): string {
  try {
    return payloadOf(result);
  } catch (error) {
    throw new RuntimeError(4, "JSONStringifyError", (error as Error).message);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
