import type { InvocationResult } from "../host/invocation.ts";

export interface EventDelays {
  /** Before the second and the third try of an event that a function failed. */
  readonly afterFailureSeconds: readonly number[];
  /** Before an event is tried again that found no place; doubled each time. */
  readonly afterThrottleSeconds: { readonly first: number; readonly longest: number };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const lambdaDelays: EventDelays = {
  afterFailureSeconds: [60, 120],
  afterThrottleSeconds: { first: 1, longest: 300 },
};

/**
 * Invokes until it is done, as Lambda does for an asynchronous invocation: twice again after a
 * failure, and as often as it takes after a throttle. What is then still undone is dropped.
 *
 * @returns when nothing more will be tried
 */
export async function deliver(
  invoke: () => Promise<InvocationResult>,
  { afterFailureSeconds, afterThrottleSeconds }: EventDelays,
): Promise<void> {
  const afterFailure = [...afterFailureSeconds];
  let afterThrottle = afterThrottleSeconds.first;
  for (;;) {
    const result = await invoke();
    if (result.ok || result.reason === "not-found" || result.reason === "stopping") return;
    let seconds = afterThrottle;
    if (result.reason === "throttled") {
      afterThrottle = Math.min(afterThrottle * 2, afterThrottleSeconds.longest);
    } else {
      const next = afterFailure.shift();
      if (next === undefined) return;
      seconds = next;
    }
    await waited(seconds);
  }
}

/** An event that waits does not keep the process alive. */
function waited(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000).unref();
  });
}
