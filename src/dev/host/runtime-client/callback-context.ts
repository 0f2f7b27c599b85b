import { setImmediate } from "./intrinsics.ts";

interface Ways {
  readonly answer: (result: unknown) => void;
  readonly fail: (error: unknown) => void;
  /** Sets what is done when the event loop is empty. */
  readonly whenNothingIsLeft: (action: () => void) => void;
}

type NodeCallback = (error?: unknown, result?: unknown) => void;

/**
 * The callback of a handler, and the part of the context object that does the same. Each of them
 * works once.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export function callbackContext({ answer, fail, whenNothingIsLeft }: Ways) {
  let waitsForEmptyEventLoop = true;

  const callback: NodeCallback = (error, result) => {
    whenNothingIsLeft(() => {});
    if (isGiven(error)) fail(error);
    else if (!waitsForEmptyEventLoop) answer(result);
    else whenNothingIsLeft(() => setImmediate(() => answer(result)));
  };
  const done: NodeCallback = (error, result) => {
    whenNothingIsLeft(() => {});
    if (isGiven(error)) fail(error);
    else answer(result);
  };
  const context = {
    get callbackWaitsForEmptyEventLoop() {
      return waitsForEmptyEventLoop;
    },
    set callbackWaitsForEmptyEventLoop(value) {
      waitsForEmptyEventLoop = value;
    },
    succeed: once((result?: unknown) => done(null, result)),
    fail: once((error?: unknown) => (isGiven(error) ? done(error) : done("handled"))),
    done: once(done),
  };
  return { callback: once(callback), context };
}

function isGiven(error: unknown): boolean {
  return error !== undefined && error !== null;
}

/** Only a call that came through counts: an answer that JSON cannot have may still become a failure. */
function once<Parameters extends unknown[]>(action: (...parameters: Parameters) => void) {
  let called = false;
  return (...parameters: Parameters) => {
    if (called) return;
    action(...parameters);
    called = true;
  };
}
