/**
 * Runs inside the thread of one execution environment: the runtime client, between a port to the
 * main thread and the function. Bundled together with the functions.
 */
import { getHeapStatistics } from "node:v8";
import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { HeapKeeper } from "./heap-keeper.ts";
import { Mailbox } from "./mailbox.ts";
import { generationOf } from "./runtime-client/generation.ts";
import { now } from "./runtime-client/intrinsics.ts";
import { keepSignalsInThread } from "./runtime-client/keep-signals-in-thread.ts";
import type { HandlerPlace } from "./runtime-client/load-handler.ts";
import { redirectFiles } from "./runtime-client/redirect-files.ts";
import { redirectOutput } from "./runtime-client/redirect-output.ts";
import { runRuntimeClient } from "./runtime-client/run-runtime-client.ts";
import type { Transport } from "./runtime-client/transport.ts";
import {
  type FromThread,
  type GivenCode,
  maxUnreadOutput,
  signalBytes,
  signals,
  type ThreadData,
  type ThreadStart,
  type ToThread,
} from "./thread-messages.ts";

const { port, shared: memory }: ThreadStart = workerData;
// The function has no business with it.
delete workerData.port;
const shared = new Int32Array(memory, 0, signalBytes / Int32Array.BYTES_PER_ELEMENT);
const mailbox = new Mailbox(memory);
const data = receiveMessage<ThreadData>();
// A thread that was started ahead has none.
Object.assign(process.env, data.variables);
const post = port.postMessage.bind(port) as (message: FromThread) => void;
const heap = heapKeeper();

/** As of the last answer. */
let usedHeapBytes = 0;

/** Sent when the thread is about to stand still, so that all that the function wrote is before it. */
let answer: string | Extract<FromThread, { type: "failure" }> | undefined;

const transport: Transport = {
  next(receive) {
    if (answer === undefined) noteMemory();
    post(answer ?? { type: "ready" });
    answer = undefined;
    // The caller has its answer.
    heap?.look(usedHeapBytes);
    if (data.freeze) receive(mailbox.take(() => receiveMessageOnPort(port)?.message));
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
    if (answer === undefined) noteMemory();
    answer ??= payload;
  },
  fail(_, error, sent) {
    if (answer === undefined) noteMemory();
    answer ??= { type: "failure", error };
    sent?.();
  },
  failInit(error, sent) {
    post({ type: "init-failed", error });
    sent();
  },
};

process.on("exit", () => {
  if (answer === undefined) return;
  post({ type: "ending" });
  post(answer);
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
await runRuntimeClient(place, generationOf(data.runtime), transport);

/** Of a spare thread: its packages first, and then the code, when there is some. */
async function place(): Promise<HandlerPlace> {
  if (data.imports === undefined) return data;
  for (const url of data.imports) {
    // The code that imports it is told of its failure, with the same error.
    await import(url).catch(() => {});
  }
  post({ type: "waiting" });
  return { ...data, ...receiveMessage<GivenCode>() };
}

/** Waits for it. */
function receiveMessage<Message>(): Message {
  return mailbox.take<Message>(() => receiveMessageOnPort(port)?.message) as Message;
}

/** Undefined where Node.js runs without `--expose-gc`. */
function heapKeeper(): HeapKeeper | undefined {
  const { gc } = globalThis;
  // The flag is for us. A function has no `gc` where lambdakit runs without it, or in a process.
  globalThis.gc = undefined;
  if (gc === undefined) return undefined;
  const collect = () => {
    gc();
    return getHeapStatistics().used_heap_size;
  };
  return new HeapKeeper(collect, now);
}

/** The heap, and what lies outside of it, such as buffers. */
function noteMemory(): void {
  const { total_heap_size, used_heap_size, external_memory } = getHeapStatistics();
  usedHeapBytes = used_heap_size;
  Atomics.store(shared, signals.memoryKb, (total_heap_size + external_memory) / 1024);
}
