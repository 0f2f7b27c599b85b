import { availableParallelism } from "node:os";
import type { FunctionPlan } from "../../plan/index.ts";
import type { Code, StartEnvironment } from "./environment.ts";
import type { HostEvent } from "./host-event.ts";
import type { InvocationRequest, InvocationResult } from "./invocation.ts";
import { SpareEnvironment } from "./spare-environment.ts";
import { SupervisedEnvironment } from "./supervised-environment.ts";
import { startThread } from "./thread-environment.ts";

export interface FunctionHostOptions {
  readonly lambda: FunctionPlan;
  readonly code: Code;
  readonly variables: Readonly<Record<string, string>>;
  readonly onEvent: (event: HostEvent) => void;
  /** How environments are kept apart. @default a thread each */
  readonly start?: StartEnvironment;
  /** For a debugger: nothing stands still between invocations, and no time runs out. @default false */
  readonly debugging?: boolean;
  /**
   * Environments at a time; `reservedConcurrency` may allow fewer. More than there are processors would only
   * take each other's time, and each costs a cold start. Further requests wait.
   * @default as many as there are processors: at least 2, so that concurrency shows, and at most 4
   */
  readonly maxEnvironments?: number;
  /** An environment that is not asked for so long is ended. Lambda keeps to itself when it does. @default 300 */
  readonly idleSeconds?: number;
}

/**
 * One function and its execution environments: a new one is started when all are busy, and one that
 * is free is used again. Requests wait in the order in which they came.
 *
 * A caller that goes away changes nothing, as in Lambda: its invocation comes to its end.
 */
export class FunctionHost {
  #options: FunctionHostOptions;
  readonly #idle: { readonly environment: SupervisedEnvironment; readonly since: number }[] = [];
  readonly #alive = new Set<SupervisedEnvironment>();
  readonly #queue: ((environment: SupervisedEnvironment | undefined) => void)[] = [];
  /** Requests that run or wait: what Lambda counts as concurrency. */
  #concurrency = 0;
  /** For code that is not there yet. */
  #spare: SpareEnvironment | undefined;
  #sparesEnded: Promise<unknown> = Promise.resolve();
  #expiry: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: FunctionHostOptions) {
    this.#options = options;
  }

  /** Those that are alive. */
  get environments(): { readonly busy: boolean }[] {
    const idle = new Set(this.#idle.map(({ environment }) => environment));
    return [...this.#alive].map((environment) => ({ busy: !idle.has(environment) }));
  }

  async invoke(request: InvocationRequest): Promise<InvocationResult> {
    const { reservedConcurrency } = this.#options.lambda;
    if (this.#stopped) return stopping;
    if (reservedConcurrency !== null && this.#concurrency >= reservedConcurrency) return throttled;
    this.#concurrency += 1;
    try {
      const environment = await this.#acquire();
      if (environment === undefined) return stopping;
      const result = await environment.invoke(request);
      this.#release(environment);
      return result;
    } finally {
      this.#concurrency -= 1;
    }
  }

  /**
   * From now on requests get the new code. Those that are being answered are answered by the old.
   * @param soon whether it is likely to be asked next
   */
  replace(options: FunctionHostOptions, soon = true): void {
    this.#options = options;
    const wasUsed = this.#alive.size > 0;
    for (const { environment } of this.#idle.splice(0)) void environment.stop();
    // Whoever saves a file is about to try it: the cold start begins at once.
    const startNow = wasUsed && (soon || this.#queue.length > 0);
    if (startNow && this.#alive.size < this.#maxEnvironments()) this.#offer(this.#start());
  }

  /** Starts what the code after the next edit will need, too. */
  prepare(): void {
    const { start = startThread, debugging = false } = this.#options;
    if (this.#stopped || debugging || this.#spare?.isFor(this.#options)) return;
    this.dropSpare();
    this.#spare = SpareEnvironment.prepare(this.#options, start);
  }

  dropSpare(): void {
    this.#sparesEnded = Promise.all([this.#sparesEnded, this.#spare?.stop()]);
    this.#spare = undefined;
  }

  /** Ends every environment. Whoever still waits for one is told that there will be none. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#expiry);
    for (const waiting of this.#queue.splice(0)) waiting(undefined);
    this.dropSpare();
    const ended = [...this.#alive].map((environment) => environment.stop());
    await Promise.all([...ended, this.#sparesEnded]);
  }

  #maxEnvironments(): number {
    const { lambda, maxEnvironments = asManyAsProcessors } = this.#options;
    return Math.min(maxEnvironments, lambda.reservedConcurrency ?? maxEnvironments);
  }

  #acquire(): SupervisedEnvironment | Promise<SupervisedEnvironment | undefined> {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (idle.environment.usable) return idle.environment;
    }
    if (this.#alive.size < this.#maxEnvironments()) return this.#start();
    return new Promise((resolve) => this.#queue.push(resolve));
  }

  #release(environment: SupervisedEnvironment): void {
    if (environment.code !== this.#options.code) void environment.stop();
    else if (environment.usable) this.#offer(environment);
  }

  #offer(environment: SupervisedEnvironment): void {
    const next = this.#queue.shift();
    if (next !== undefined) {
      next(environment);
      return;
    }
    this.#idle.push({ environment, since: performance.now() });
    this.#expiry ??= this.#expireAfter(this.#idleMilliseconds());
  }

  #idleMilliseconds(): number {
    return (this.#options.idleSeconds ?? 300) * 1000;
  }

  /** The one that has been idle longest stands first: the last one in is the first one out. */
  #expireAfter(milliseconds: number): NodeJS.Timeout {
    const expire = () => {
      const idleMilliseconds = this.#idleMilliseconds();
      const limit = performance.now() - idleMilliseconds;
      const fresh = this.#idle.findIndex(({ since }) => since > limit);
      const expired = this.#idle.splice(0, fresh < 0 ? this.#idle.length : fresh);
      for (const { environment } of expired) void environment.stop();
      const [oldest] = this.#idle;
      this.#expiry = oldest && this.#expireAfter(oldest.since - limit);
    };
    return setTimeout(expire, milliseconds).unref();
  }

  #takeSpare(): SpareEnvironment | undefined {
    const spare = this.#spare;
    if (!spare?.fits(this.#options)) {
      this.dropSpare();
      return undefined;
    }
    this.#spare = undefined;
    return spare;
  }

  #start(): SupervisedEnvironment {
    const { lambda, code, variables, onEvent } = this.#options;
    const { start = startThread, debugging = false } = this.#options;
    const environment = new SupervisedEnvironment({
      lambda,
      code,
      variables,
      start,
      spare: this.#takeSpare(),
      debugging,
      onEvent,
      onEnd: () => {
        this.#alive.delete(environment);
        const position = this.#idle.findIndex((idle) => idle.environment === environment);
        if (position >= 0) this.#idle.splice(position, 1);
        // Its place is free: somebody may be waiting for it.
        const next = this.#queue.shift();
        if (next !== undefined) next(this.#start());
      },
    });
    this.#alive.add(environment);
    return environment;
  }
}

const asManyAsProcessors = Math.min(4, Math.max(2, availableParallelism()));

const stopping: InvocationResult = {
  ok: false,
  reason: "stopping",
  error: { errorType: "ServiceException", errorMessage: "The local service is stopping." },
};

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, `ReservedFunctionConcurrentInvocationLimitExceeded` */
const throttled: InvocationResult = {
  ok: false,
  reason: "throttled",
  error: { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." },
};
