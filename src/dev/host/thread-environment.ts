import { type MessagePort, receiveMessageOnPort, type Worker } from "node:worker_threads";
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
import { bootThread, type Thread, type ThreadAhead } from "./thread.ts";
import {
  type FromThread,
  type GivenCode,
  signalBytes,
  signals,
  type ThreadData,
} from "./thread-messages.ts";

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
 *
 * @param ahead becomes the first environment that it will do for
 */
export function threadEnvironments(ahead?: ThreadAhead): StartEnvironment {
  const threadFor = ({ code, lambda, variables }: EnvironmentOptions) => {
    const { environmentModule } = code;
    const purpose = { environmentModule, memoryMb: lambda.memoryMb, variables };
    return ahead?.take(purpose) ?? bootThread(purpose);
  };
  return Object.assign(
    (options: EnvironmentOptions) => new ThreadEnvironment(threadFor(options), options),
    {
      prepare: (options: SpareOptions) =>
        new ThreadEnvironment(threadFor(options), options, options.imports),
    },
  );
}

export const startThread: StartEnvironment = threadEnvironments();

class ThreadEnvironment implements Environment, Spare {
  readonly ready: Promise<Init>;
  #options: EnvironmentOptions;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #shared: Int32Array;
  readonly #mailbox: Mailbox;
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
  constructor(
    { worker, port, shared }: Thread,
    options: EnvironmentOptions,
    imports?: readonly string[],
  ) {
    this.#options = options;
    const onLine = (line: string) => this.#options.onLine(line);
    this.#output = { 1: new LineSplitter(onLine), 2: new LineSplitter(onLine) };
    this.ready = new Promise((resolve) => {
      this.#markReady = resolve;
    });
    this.#worker = worker;
    this.#port = port;
    this.#shared = new Int32Array(shared, 0, signalBytes / Int32Array.BYTES_PER_ELEMENT);
    this.#mailbox = new Mailbox(shared);
    this.#assign(imports);
    port.on("message", (message: FromThread) => this.#receive(message));
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

  #assign(imports: readonly string[] | undefined): void {
    const { code, lambda, temporaryDirectory, freeze, variables } = this.#options;
    const data: ThreadData = {
      taskRoot: code.taskRoot,
      handler: code.handler,
      ...(code.module !== undefined && { module: code.module }),
      ...(code.packages !== undefined && { packages: code.packages }),
      runtime: lambda.runtime,
      temporaryDirectory,
      freeze,
      ...(imports !== undefined && { imports }),
      variables,
    };
    this.#port.postMessage(data);
    this.#mailbox.wake();
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
