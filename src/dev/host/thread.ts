import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { Mailbox } from "./mailbox.ts";
import type { ThreadStart } from "./thread-messages.ts";

/** The new objects of an invocation are few. By default each thread would keep up to 48 MB for them. */
const maxYoungGenerationSizeMb = 4;

/** A thread that was started ahead will do for functions with no more memory: what they have by default. */
const aheadMemoryMb = 256;

/** A thread that runs the module of every environment, and waits to be told of a function. */
export interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly shared: SharedArrayBuffer;
}

/** What a thread is made for, as far as it has to be known when it starts. */
export interface ThreadPurpose {
  readonly environmentModule: string;
  readonly memoryMb: number;
  readonly variables: Readonly<Record<string, string>>;
}

export function bootThread({ environmentModule, memoryMb, variables }: ThreadPurpose): Thread {
  const { port1, port2 } = new MessageChannel();
  const shared = Mailbox.newMemory();
  const workerData: ThreadStart = { port: port2, shared };
  const worker = new Worker(environmentModule, {
    workerData,
    transferList: [port2],
    env: { ...variables },
    stdout: true,
    stderr: true,
    execArgv: [],
    // Where one allocation passes the limit by far, as that of a Map that grows, V8 ends the whole
    // process. There is room for those: the watch ends the function before.
    resourceLimits: { maxOldGenerationSizeMb: 3 * memoryMb + 512, maxYoungGenerationSizeMb },
  });
  return { worker, port: port1, shared };
}

/** A thread for the first function that is asked, started before anything is known of it. */
export class ThreadAhead {
  readonly #environmentModule: string;
  #thread: Thread | undefined;

  constructor(environmentModule: string) {
    this.#environmentModule = environmentModule;
    const thread = bootThread({ environmentModule, memoryMb: aheadMemoryMb, variables: {} });
    this.#thread = thread;
    const drop = () => {
      this.#thread = undefined;
    };
    thread.worker.once("error", drop);
    thread.worker.once("exit", drop);
    // Whoever is about to end is not kept.
    thread.worker.unref();
  }

  /** Gives it away, if it will do. */
  take({ environmentModule, memoryMb, variables }: ThreadPurpose): Thread | undefined {
    const fits =
      environmentModule === this.#environmentModule &&
      memoryMb <= aheadMemoryMb &&
      // Node.js reads it when a thread starts.
      variables.NODE_OPTIONS === undefined;
    if (!fits) return undefined;
    const thread = this.#thread;
    this.#thread = undefined;
    thread?.worker.ref();
    return thread;
  }

  /** Ends it, unless it was given away. */
  async stop(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    thread?.port.close();
    await thread?.worker.terminate();
  }
}
