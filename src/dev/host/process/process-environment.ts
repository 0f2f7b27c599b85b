import type {
  Code,
  Environment,
  EnvironmentOptions,
  Init,
  Invocation,
  Outcome,
  StartEnvironment,
} from "../environment.ts";
import type { FunctionError } from "../invocation.ts";
import { LineSplitter } from "../line-splitter.ts";
import { endingError } from "./ending-error.ts";
import { type Ending, type GuardedProcess, startGuarded } from "./guarded-process.ts";
import { MemoryWatch } from "./memory-watch.ts";
import { type RuntimeAnswer, RuntimeApi } from "./runtime-api.ts";

/** How the process of an environment is started: its program, and what that is told. */
export type RuntimeCommand = (options: EnvironmentOptions) => {
  readonly program: string;
  readonly parameters: readonly string[];
};

/** Environments that are processes, each with a runtime that speaks the Lambda Runtime API. */
export function processEnvironments(command: RuntimeCommand): StartEnvironment {
  return (options) => new ProcessEnvironment(options, command);
}

/**
 * A runtime asks for its next invocation as soon as it has answered. One that is still busy after this
 * time keeps nobody from the answer.
 */
const patienceMilliseconds = 100;

/** An invocation that is under way, and its answer once that is there. */
interface Pending {
  readonly requestId: string;
  readonly resolve: (outcome: Outcome) => void;
  answer?: RuntimeAnswer;
  patience?: NodeJS.Timeout;
}

/**
 * An execution environment that is a process of its own. Whatever the function does, the process and
 * all that it has started can be killed, and are.
 */
class ProcessEnvironment implements Environment {
  readonly name: string;
  readonly code: Code;
  readonly ready: Promise<Init>;
  readonly #options: EnvironmentOptions;
  readonly #ended: Promise<Ending>;
  readonly #output: readonly LineSplitter[];
  #finishInit: (error?: FunctionError) => void = () => {};
  #initError: FunctionError | undefined;
  #api: RuntimeApi | undefined;
  #process: GuardedProcess | undefined;
  #memory: MemoryWatch | undefined;
  #pending: Pending | undefined;
  #usable = true;

  constructor(options: EnvironmentOptions, command: RuntimeCommand) {
    this.name = options.name;
    this.code = options.code;
    this.#options = options;
    this.#output = [new LineSplitter(options.onLine), new LineSplitter(options.onLine)];
    const started = performance.now();
    this.ready = new Promise((resolve) => {
      this.#finishInit = (error) => {
        const milliseconds = performance.now() - started;
        resolve(error ? { ok: false, milliseconds, error } : { ok: true, milliseconds });
      };
    });
    this.#ended = this.#run(command);
  }

  get usable(): boolean {
    return this.#usable;
  }

  async invoke(invocation: Invocation): Promise<Outcome> {
    const { requestId } = invocation;
    if (!this.#usable) return { ok: false, error: endingError(await this.#ended, requestId) };
    return new Promise((resolve) => {
      this.#pending = { requestId, resolve };
      this.#memory?.start();
      if (this.#options.freeze) this.#process?.signal("SIGCONT");
      this.#api?.deliver(invocation);
    });
  }

  async stop(): Promise<void> {
    this.#usable = false;
    this.#process?.signal("SIGKILL");
    await this.#ended;
  }

  async #run(command: RuntimeCommand): Promise<Ending> {
    this.#api = await RuntimeApi.start({
      onWaiting: () => this.#rest(),
      onInitError: (error) => {
        this.#initError = error;
        // It is about to exit, and has lines to write before it does.
        setTimeout(() => this.#process?.signal("SIGKILL"), patienceMilliseconds);
      },
      onAnswer: (answer) => this.#answered(answer),
    });
    const ending = await this.#runProcess(command, this.#api.address);
    this.#api.close();
    this.#memory?.stop();
    this.#endLines();
    this.#finishInit(this.#initError ?? endingError(ending));
    const { answer, requestId } = this.#pending ?? {};
    this.#settle(answer ?? { ok: false, error: endingError(ending, requestId) });
    this.#options.onEnd();
    return ending;
  }

  async #runProcess(command: RuntimeCommand, address: string): Promise<Ending> {
    if (!this.#usable) return { signal: "SIGKILL" };
    let child: GuardedProcess;
    try {
      child = this.#startProcess(command, address);
    } catch (error) {
      this.#usable = false;
      return { notStarted: (error as Error).message };
    }
    this.#process = child;
    for (const [position, stream] of [child.stdout, child.stderr].entries()) {
      stream.setEncoding("utf8").on("data", (text) => this.#output[position]?.write(text));
    }
    if (child.pid !== undefined) {
      const { memoryMb } = this.#options.lambda;
      this.#memory = new MemoryWatch(child.pid, memoryMb, () => child.signal("SIGKILL"));
      this.#memory.start();
    }
    return child.ended;
  }

  #startProcess(command: RuntimeCommand, address: string): GuardedProcess {
    const { code, variables } = this.#options;
    return startGuarded({
      ...command(this.#options),
      directory: code.taskRoot,
      variables: {
        ...variables,
        LAMBDA_TASK_ROOT: code.taskRoot,
        _HANDLER: code.handler,
        AWS_LAMBDA_RUNTIME_API: address,
      },
      onExit: () => {
        this.#usable = false;
      },
    });
  }

  /** The runtime waits: it has started, or has done all that the last invocation asked of it. */
  #rest(): void {
    this.#finishInit();
    this.#memory?.stop();
    if (this.#options.freeze) this.#process?.signal("SIGSTOP");
    const { answer } = this.#pending ?? {};
    if (answer !== undefined) this.#settle(answer);
  }

  #answered(answer: RuntimeAnswer): void {
    if (this.#pending === undefined) return;
    this.#pending.answer = answer;
    this.#pending.patience = setTimeout(() => this.#settle(answer), patienceMilliseconds);
  }

  #settle(answer: RuntimeAnswer): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined) return;
    clearTimeout(pending.patience);
    const memoryUsedMb = this.#memory?.peakMb;
    // Lines that were written before the answer are in the pipes by now, and are read in this turn.
    setImmediate(() => {
      this.#endLines();
      pending.resolve({ ...answer, ...(memoryUsedMb !== undefined && { memoryUsedMb }) });
    });
  }

  /** Lines belong to the invocation that wrote them: the next one starts a new line. */
  #endLines(): void {
    for (const output of this.#output) output.end();
  }
}
