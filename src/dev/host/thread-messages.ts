import type { MessagePort } from "node:worker_threads";
import type { Invocation } from "./environment.ts";
import type { FunctionError } from "./invocation.ts";

/** What the main thread and the thread of an execution environment say to each other. */

/** Given to a thread when it starts. */
export interface ThreadData {
  readonly taskRoot: string;
  readonly handler: string;
  readonly module?: string;
  readonly runtime: string;
  readonly temporaryDirectory: string;
  readonly freeze: boolean;
  readonly port: MessagePort;
  /** Two numbers that both threads see, by {@link signals}. */
  readonly shared: SharedArrayBuffer;
}

/** Places in the shared memory. */
export const signals = {
  /** 1 when an invocation is in the port: the thread, which stands still, goes on. */
  invocation: 0,
  /** Characters that were written and are not yet taken off the port. */
  unreadOutput: 1,
};
export const sharedBytes = 2 * Int32Array.BYTES_PER_ELEMENT;

/** As a full pipe would in Lambda, this much unread output makes whoever writes wait. */
export const maxUnreadOutput = 4_000_000;

export type ToThread = Invocation;

export type FromThread =
  | { readonly type: "ready"; readonly memoryBytes: number }
  | { readonly type: "init-failed"; readonly error: FunctionError }
  | (Answered & { readonly type: "answer"; readonly payload: string })
  | (Answered & { readonly type: "failure"; readonly error: FunctionError })
  | { readonly type: "output"; readonly descriptor: 1 | 2; readonly text: string };

interface Answered {
  readonly memoryBytes: number;
  /** True where the thread ends after it. */
  readonly last: boolean;
}
