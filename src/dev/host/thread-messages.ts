import type { MessagePort } from "node:worker_threads";
import type { Invocation } from "./environment.ts";
import type { FunctionError } from "./invocation.ts";

/** What the main thread and the thread of an execution environment say to each other. */

/** Given to a thread when it starts. */
export interface ThreadStart {
  readonly port: MessagePort;
  /** Memory that both threads see: numbers, by {@link signals}, and after them a {@link Mailbox}. */
  readonly shared: SharedArrayBuffer;
}

/** What a thread waits for first: whose environment it is. */
export interface ThreadData {
  readonly taskRoot: string;
  readonly handler: string;
  readonly module?: string;
  readonly packages?: string;
  readonly runtime: string;
  readonly temporaryDirectory: string;
  readonly freeze: boolean;
  /** Of a spare one: URLs to import before its module is known, which comes through the port. */
  readonly imports?: readonly string[];
  /** All that it finds in `process.env`. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Places of numbers in the shared memory. */
export const signals = {
  /** Where the next invocation is, as a mailbox says it; 0 while there is none: the thread stands still. */
  invocation: 0,
  /** Characters that were written and are not yet taken off the port. */
  unreadOutput: 1,
  /** What the environment takes, as of its last message that was no output. */
  memoryKb: 2,
};
export const signalBytes = 3 * Int32Array.BYTES_PER_ELEMENT;

/** As a full pipe would in Lambda, this much unread output makes whoever writes wait. */
export const maxUnreadOutput = 4_000_000;

export type ToThread = Invocation;

/** What a spare thread waits for. */
export interface GivenCode {
  readonly module: string;
}

export type FromThread =
  /** The payload of an answer: of all messages the most frequent, so it is the one that costs least. */
  | string
  | { readonly type: "failure"; readonly error: FunctionError }
  /** The thread ends, after the answer or the failure that follows. */
  | { readonly type: "ending" }
  /** A spare one has imported what it was told to, and stands still. */
  | { readonly type: "waiting" }
  | { readonly type: "ready" }
  | { readonly type: "init-failed"; readonly error: FunctionError }
  | { readonly type: "output"; readonly descriptor: 1 | 2; readonly text: string };
