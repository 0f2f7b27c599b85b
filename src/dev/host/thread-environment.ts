import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from "node:worker_threads";
import type {
  Environment,
  EnvironmentOptions,
  Init,
  Invocation,
  Outcome,
  Spare,
  SpareOptions,
  StartEnvironment,
} from "./environment.ts";
import { type Exit, exitError } from "./exit-error.ts";
import { LineSplitter } from "./line-splitter.ts";
import { Mailbox } from "./mailbox.ts";
import { watchMemory } from "./memory-watch.ts";
import {
  type FromThread,
  type GivenCode,
  signalBytes,
  signals,
  type ThreadData,
} from "./thread-messages.ts";

/** The new objects of an invocation are few. By default each thread would keep up to 48 MB for them. */
const maxYoungGenerationSizeMb = 4;

/** A thread ends in a few milliseconds. One that is in native code, such as `execSync`, ends after that. */
const patienceMilliseconds = 1_000;

/** An invocation that is under way. */
interface Pending {
  readonly requestId: string;
  readonly resolve: (outcome: Outcome) => void;
  readonly endWatch: () => void;
}

/**
 * An environment in a thread of this process: its own globals, its own variables, its own heap. While
 * nothing is asked of it the thread stands still. Whatever the function does, the thread ends and the
 * tool does not.
 */
export const startThread: StartEnvironment = Object.assign(
  (options: EnvironmentOptions) => new ThreadEnvironment(options),
  { prepare: (options: SpareOptions) => new ThreadEnvironment(options, options.imports) },
);

class ThreadEnvironment implements Environment, Spare {
  readonly ready: Promise<Init>;
  #options: EnvironmentOptions;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #memory = Mailbox.newMemory();
  readonly #shared = new Int32Array(this.#memory, 0, signalBytes / Int32Array.BYTES_PER_ELEMENT);
  readonly #mailbox = new Mailbox(this.#memory);
  readonly #output: Readonly<Record<1 | 2, LineSplitter>>;
  #startedAt = performance.now();
  #markReady: (init: Init) => void = () => {};
  #pending: Pending | undefined;
  #endInitWatch: () => void;
  #waiting = false;
  #ending = false;
  #ended = false;
  #killed = false;
  #memoryUsedMb = 0;

  /** @param imports of a spare one, whose module is given to it later */
  constructor(options: EnvironmentOptions, imports?: readonly string[]) {
    this.#options = options;
    const onLine = (line: string) => this.#options.onLine(line);
    this.#output = { 1: new LineSplitter(onLine), 2: new LineSplitter(onLine) };
    this.ready = new Promise((resolve) => {
      this.#markReady = resolve;
    });
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker = this.#start(port2, imports);
    port1.on("message", (message: FromThread) => this.#receive(message));
    this.#worker.once("error", (error) => this.#fail(error));
    this.#worker.once("exit", (status) => this.#end(status));
    this.#endInitWatch = this.#watchMemory();
  }

  get name() {
    return this.#options.name;
  }

  get code() {
    return this.#options.code;
  }

  get usable(): boolean {
    return !this.#ending;
  }

  get waiting(): boolean {
    return this.#waiting && !this.#ending;
  }

  give(options: Parameters<Spare["give"]>[0]): Environment {
    this.#waiting = false;
    this.#options = { ...this.#options, ...options };
    this.#startedAt = performance.now();
    this.#endInitWatch = this.#watchMemory();
    this.#port.postMessage({ module: options.code.module ?? "" } satisfies GivenCode);
    this.#mailbox.wake();
    return this;
  }

  invoke(invocation: Invocation): Promise<Outcome> {
    const { requestId } = invocation;
    if (this.#ending) {
      return Promise.resolve({ ok: false, error: exitError({ signal: "killed" }, requestId) });
    }
    return new Promise((resolve) => {
      this.#pending = { requestId, resolve, endWatch: this.#watchMemory() };
      const post = () => this.#port.postMessage(invocation);
      if (this.#options.freeze) this.#mailbox.put(invocation, post);
      else post();
    });
  }

  async stop(): Promise<void> {
    this.#ending = true;
    this.#killed = true;
    let patience: NodeJS.Timeout | undefined;
    const outOfPatience = new Promise<void>((resolve) => {
      patience = setTimeout(resolve, patienceMilliseconds);
    });
    await Promise.race([this.#worker.terminate(), outOfPatience]);
    clearTimeout(patience);
    this.#end(1);
  }

  #watchMemory(): () => void {
    const { memoryMb } = this.#options.lambda;
    return watchMemory(memoryMb, () => {
      this.#memoryUsedMb = memoryMb;
      return this.stop();
    });
  }

  #start(port: MessagePort, imports: readonly string[] | undefined): Worker {
    const { code, lambda, temporaryDirectory, freeze, variables } = this.#options;
    const workerData: ThreadData = {
      taskRoot: code.taskRoot,
      handler: code.handler,
      ...(code.module !== undefined && { module: code.module }),
      ...(code.packages !== undefined && { packages: code.packages }),
      runtime: lambda.runtime,
      temporaryDirectory,
      freeze,
      ...(imports !== undefined && { imports }),
      port,
      shared: this.#memory,
    };
    return new Worker(code.environmentModule, {
      workerData,
      transferList: [port],
      env: { ...variables },
      stdout: true,
      stderr: true,
      execArgv: [],
      // Where one allocation passes the limit by far, as that of a Map that grows, V8 ends the whole
      // process. There is room for those: the watch ends the function before.
      resourceLimits: {
        maxOldGenerationSizeMb: 3 * lambda.memoryMb + 512,
        maxYoungGenerationSizeMb,
      },
    });
  }

  #receive(message: FromThread): void {
    if (typeof message === "string") {
      this.#answer({ ok: true, payload: message });
      return;
    }
    switch (message.type) {
      case "output":
        this.#output[message.descriptor].write(message.text);
        Atomics.sub(this.#shared, signals.unreadOutput, message.text.length);
        Atomics.notify(this.#shared, signals.unreadOutput);
        return;
      case "waiting":
        this.#endInitWatch();
        this.#waiting = true;
        return;
      case "ready":
        this.#noteMemory();
        this.#endInitWatch();
        this.#markReady({ ok: true, milliseconds: this.#elapsed() });
        return;
      case "init-failed":
        this.#ending = true;
        this.#endInitWatch();
        this.#markReady({ ok: false, milliseconds: this.#elapsed(), error: message.error });
        return;
      case "ending":
        this.#ending = true;
        return;
      case "failure":
        this.#answer({ ok: false, error: message.error });
    }
  }

  #answer(outcome: Outcome): void {
    this.#noteMemory();
    this.#endLines();
    this.#settle({ ...outcome, memoryUsedMb: this.#memoryUsedMb });
  }

  #noteMemory(): void {
    this.#memoryUsedMb = Atomics.load(this.#shared, signals.memoryKb) / 1024;
  }

  #settle(outcome: Outcome): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.endWatch();
    pending?.resolve(outcome);
  }

  /** Where nothing in the thread took an error, it comes to here, and the thread ends. */
  #fail(error: unknown): void {
    this.#drain();
    if (Object(error).code === "ERR_WORKER_OUT_OF_MEMORY") {
      this.#killed = true;
      this.#memoryUsedMb = this.#options.lambda.memoryMb;
    } else {
      this.#output[2].write(`${error instanceof Error ? error.stack : `Uncaught ${error}`}\n`);
    }
  }

  #end(status: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#ending = true;
    this.#endInitWatch();
    this.#drain();
    this.#port.close();
    this.#endLines();
    const exit: Exit = this.#killed ? { signal: "killed" } : { status };
    this.#markReady({ ok: false, milliseconds: this.#elapsed(), error: exitError(exit) });
    this.#settle({
      ok: false,
      error: exitError(exit, this.#pending?.requestId),
      memoryUsedMb: this.#memoryUsedMb,
    });
    this.#options.onEnd();
  }

  /** What the thread has sent before its end, and nobody has taken. */
  #drain(): void {
    for (;;) {
      const received = receiveMessageOnPort(this.#port);
      if (received === undefined) return;
      this.#receive(received.message);
    }
  }

  /** Lines belong to the invocation that wrote them: the next one starts a new line. */
  #endLines(): void {
    this.#output[1].end();
    this.#output[2].end();
  }

  #elapsed(): number {
    return performance.now() - this.#startedAt;
  }
}
