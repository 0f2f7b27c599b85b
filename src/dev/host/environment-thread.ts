/**
 * Runs inside the thread of one execution environment: the runtime client, between a port to the
 * main thread and the function. Bundled together with the functions.
 */
import { getHeapStatistics } from "node:v8";
import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { generationOf } from "./runtime-client/generation.ts";
import { keepSignalsInThread } from "./runtime-client/keep-signals-in-thread.ts";
import { redirectFiles } from "./runtime-client/redirect-files.ts";
import { redirectOutput } from "./runtime-client/redirect-output.ts";
import { runRuntimeClient } from "./runtime-client/run-runtime-client.ts";
import type { Transport } from "./runtime-client/transport.ts";
import {
  type FromThread,
  maxUnreadOutput,
  signals,
  type ThreadData,
  type ToThread,
} from "./thread-messages.ts";

const { port, ...data }: ThreadData = workerData;
// The function has no business with it.
delete workerData.port;
const shared = new Int32Array(data.shared);
const post = port.postMessage.bind(port) as (message: FromThread) => void;

/** Sent when the thread is about to stand still, so that all that the function wrote is before it. */
let answer: Extract<FromThread, { type: "answer" | "failure" }> | undefined;

const transport: Transport = {
  next(receive) {
    post(answer ?? { type: "ready", memoryBytes: memoryBytes() });
    answer = undefined;
    if (data.freeze) receive(waitForInvocation());
    else {
      port.once("message", (invocation: ToThread) => {
        // Whether the function has left anything to do is seen by the event loop being empty.
        port.unref();
        receive(invocation);
      });
      port.ref();
    }
  },
  answer(_, payload) {
    answer ??= { type: "answer", payload, memoryBytes: memoryBytes(), last: false };
  },
  fail(_, error, sent) {
    answer ??= { type: "failure", error, memoryBytes: memoryBytes(), last: false };
    sent?.();
  },
  failInit(error, sent) {
    post({ type: "init-failed", error });
    sent();
  },
};

process.on("exit", () => {
  if (answer !== undefined) post({ ...answer, last: true });
});
process.setSourceMapsEnabled(true);
redirectOutput((descriptor, text) => {
  let unread = Atomics.add(shared, signals.unreadOutput, text.length) + text.length;
  post({ type: "output", descriptor, text });
  while (unread > maxUnreadOutput) {
    Atomics.wait(shared, signals.unreadOutput, unread);
    unread = Atomics.load(shared, signals.unreadOutput);
  }
});
redirectFiles(data);
keepSignalsInThread();
await runRuntimeClient(data, generationOf(data.runtime), transport);

/** Nothing in this thread runs meanwhile: no timer, no promise, no socket. */
function waitForInvocation(): ToThread {
  for (;;) {
    Atomics.wait(shared, signals.invocation, 0);
    Atomics.store(shared, signals.invocation, 0);
    const received = receiveMessageOnPort(port);
    if (received !== undefined) return received.message;
  }
}

/** The heap, and what lies outside of it, such as buffers. */
function memoryBytes(): number {
  const { total_heap_size, external_memory } = getHeapStatistics();
  return total_heap_size + external_memory;
}
