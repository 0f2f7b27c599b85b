import type { FunctionPlan } from "../../plan/index.ts";
import { type Code, ExecutionEnvironment } from "./execution-environment.ts";
import type { InvocationResult } from "./messages.ts";

export interface FunctionHostOptions {
  readonly lambda: FunctionPlan;
  readonly code: Code;
  readonly variables: Readonly<Record<string, string>>;
  readonly onOutput: (line: string) => void;
}

/**
 * A laptop has a few cores: more environments than this would only take each other's time, and each
 * costs a cold start. Further requests wait for one that is free.
 */
const maxEnvironments = 4;

const stopped: InvocationResult = {
  ok: false,
  error: { errorType: "ServiceException", errorMessage: "The local service is stopping." },
};

/**
 * One function and its execution environments: a new one is started when all are busy, and one that
 * is free is used again.
 */
export class FunctionHost {
  #options: FunctionHostOptions;
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #alive = new Set<ExecutionEnvironment>();
  readonly #queue: ((environment: ExecutionEnvironment | undefined) => void)[] = [];
  #stopped = false;

  constructor(options: FunctionHostOptions) {
    this.#options = options;
  }

  async invoke(payload: string): Promise<InvocationResult> {
    const environment = await this.#acquire();
    if (environment === undefined) return stopped;
    const result = await environment.invoke(payload);
    this.#release(environment);
    return result;
  }

  /** From now on requests get the new code. Those that are being answered are answered by the old. */
  replace(options: FunctionHostOptions): void {
    this.#options = options;
    const wasUsed = this.#alive.size > 0;
    for (const environment of this.#idle.splice(0)) void environment.stop();
    // Whoever saves a file is about to try it: the cold start begins at once.
    if (wasUsed && this.#alive.size < maxEnvironments) this.#offer(this.#start());
  }

  /** Ends every environment. Whoever still waits for one is told that there will be none. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const waiting of this.#queue.splice(0)) waiting(undefined);
    await Promise.all([...this.#alive].map((environment) => environment.stop()));
  }

  #acquire(): ExecutionEnvironment | Promise<ExecutionEnvironment | undefined> | undefined {
    if (this.#stopped) return undefined;
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#alive.size < maxEnvironments) return this.#start();
    return new Promise((resolve) => this.#queue.push(resolve));
  }

  #release(environment: ExecutionEnvironment): void {
    if (environment.code !== this.#options.code) void environment.stop();
    else if (environment.usable) this.#offer(environment);
  }

  #offer(environment: ExecutionEnvironment): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#idle.push(environment);
    else next(environment);
  }

  #start(): ExecutionEnvironment {
    const environment = new ExecutionEnvironment({
      ...this.#options,
      onEnd: () => {
        this.#alive.delete(environment);
        const position = this.#idle.indexOf(environment);
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
