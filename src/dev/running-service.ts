import { authorizerKey } from "../names.ts";
import type { FunctionPlan, ServicePlan } from "../plan/index.ts";
import type { ApiIdentity } from "./gateway/event.ts";
import type { GatewayTarget } from "./gateway/gateway.ts";
import { createRouter, type Router } from "./gateway/router.ts";
import type { Code, StartEnvironment } from "./host/environment.ts";
import { FunctionHost, type FunctionHostOptions } from "./host/function-host.ts";
import type { HostEvent } from "./host/host-event.ts";
import type { InvocationRequest, InvocationResult } from "./host/invocation.ts";
import { WhenQuiet } from "./when-quiet.ts";

export interface RunningServiceOptions {
  readonly onEvent: (event: HostEvent) => void;
  /** For a debugger: nothing stands still between invocations, and no time runs out. */
  readonly debugging: boolean;
  /** Called when no request has been under way for a moment, once after each time that one was. */
  readonly onQuiet?: () => void;
}

/** A page and what it asks for come within this time. */
const quietMilliseconds = 100;

/** After an edit whoever made it may look at more than one thing. */
const preparingMilliseconds = 300;

/** What is served, beside the plan. */
export interface Served {
  /** By the function's key. */
  readonly code: Readonly<Record<string, Code>>;
  /** Everything that a function finds in `process.env`. */
  readonly variablesOf: (lambda: FunctionPlan) => Readonly<Record<string, string>>;
  /** How environments are kept apart. @default a thread each */
  readonly startOf?: (lambda: FunctionPlan) => StartEnvironment;
}

/** The functions that are being served, and what they are made of. Parts of it are replaced while it runs. */
export class RunningService implements GatewayTarget {
  readonly #options: RunningServiceOptions;
  readonly #hosts = new Map<string, FunctionHost>();
  /** Whatever a function's host was started with, to see whether it changes. */
  readonly #madeOf = new Map<string, string>();
  #plan: ServicePlan;
  #router: Router;
  readonly #quiet: WhenQuiet;
  readonly #preparing = new WhenQuiet(preparingMilliseconds, () => this.#prepare());
  /** The function that was asked last: it is the one that is being worked on. */
  #askedLast: string | undefined;
  /** Where there was one edit, there will be another. */
  #wasEdited = false;
  readonly #ready: Promise<void>;
  #isReady = false;
  #markReady = () => {};

  constructor(plan: ServicePlan, options: RunningServiceOptions) {
    this.#plan = plan;
    this.#router = createRouter(plan.api);
    this.#options = options;
    this.#quiet = new WhenQuiet(quietMilliseconds, () => options.onQuiet?.());
    this.#ready = new Promise((resolve) => {
      this.#markReady = () => {
        this.#isReady = true;
        resolve();
      };
    });
  }

  get plan(): ServicePlan {
    return this.#plan;
  }

  get api() {
    return this.#plan.api;
  }

  get router(): Router {
    return this.#router;
  }

  get identity(): ApiIdentity {
    const { accountId, region, api } = this.#plan;
    return { accountId, region, stage: api.stage };
  }

  /** The execution environments that are alive. */
  get environments(): { readonly function: string; readonly busy: boolean }[] {
    return [...this.#hosts].flatMap(([key, host]) =>
      host.environments.map(({ busy }) => ({ function: key, busy })),
    );
  }

  /** Requests that come before the first code is there wait for it. */
  async invoke(functionKey: string, request: InvocationRequest): Promise<InvocationResult> {
    if (!this.#isReady) await this.#ready;
    const host = this.#hosts.get(functionKey);
    if (host === undefined) {
      const errorMessage = `Function not found: ${functionKey}`;
      const error = { errorType: "ResourceNotFoundException", errorMessage };
      return { ok: false, reason: "not-found", error };
    }
    // The authorizer is asked on the way to a function: nobody works on it.
    if (functionKey !== authorizerKey) this.#askedLast = functionKey;
    this.#quiet.begin();
    this.#preparing.begin();
    try {
      return await host.invoke(request);
    } finally {
      this.#quiet.end();
      this.#preparing.end();
    }
  }

  /**
   * Serves this plan and this code from now on.
   * @returns the functions that are not as they were
   */
  serve(plan: ServicePlan, served: Served): string[] {
    this.#plan = plan;
    this.#router = createRouter(plan.api);
    const changed = plan.functions.filter((lambda) => this.#place(lambda, served));
    const kept = new Set(plan.functions.map(({ key }) => key));
    const removed = [...this.#hosts].filter(([key]) => !kept.has(key));
    for (const [key, host] of removed) {
      this.#hosts.delete(key);
      this.#madeOf.delete(key);
      void host.stop();
    }
    this.#markReady();
    return [...changed.map(({ key }) => key), ...removed.map(([key]) => key)];
  }

  async stop(): Promise<void> {
    this.#markReady();
    this.#quiet.close();
    this.#preparing.close();
    await Promise.all([...this.#hosts.values()].map((host) => host.stop()));
  }

  /** True where the function is new or another than before. */
  #place(lambda: FunctionPlan, { code: codes, variablesOf, startOf }: Served): boolean {
    const code = codes[lambda.key];
    if (code === undefined) throw new Error(`There is no code for ${lambda.key}.`);
    const variables = variablesOf(lambda);
    const madeOf = JSON.stringify([lambda, code, variables]);
    if (this.#madeOf.get(lambda.key) === madeOf) return false;
    this.#madeOf.set(lambda.key, madeOf);

    const { onEvent, debugging } = this.#options;
    const options: FunctionHostOptions = {
      onEvent,
      debugging,
      lambda,
      code,
      variables,
      ...(startOf && { start: startOf(lambda) }),
    };
    const host = this.#hosts.get(lambda.key);
    if (host === undefined) this.#hosts.set(lambda.key, new FunctionHost(options));
    else this.#replace(host, options);
    return true;
  }

  #replace(host: FunctionHost, options: FunctionHostOptions): void {
    this.#wasEdited = true;
    // The next spare is not to take time from the first answer of the new code.
    this.#preparing.close();
    host.replace(options, options.lambda.key === this.#askedLast);
  }

  #prepare(): void {
    if (!this.#wasEdited) return;
    for (const [key, host] of this.#hosts) {
      if (key === this.#askedLast) host.prepare();
      else host.dropSpare();
    }
  }
}
