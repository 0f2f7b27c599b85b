import type { Bundle } from "../package/index.ts";
import type { FunctionPlan, ServicePlan } from "../plan/index.ts";
import type { ApiIdentity } from "./gateway/event.ts";
import type { GatewayTarget } from "./gateway/gateway.ts";
import { createRouter, type Router } from "./gateway/router.ts";
import { FunctionHost, type FunctionHostOptions } from "./host/function-host.ts";
import type { InvocationResult } from "./host/messages.ts";
import { localVariables } from "./local-variables.ts";

/** The module that runs inside each execution environment. Functions' names start with a letter. */
export const environmentEntry = "_environment";

export interface Listener {
  onOutput(functionKey: string, line: string): void;
  onFailure(functionKey: string, message: string): void;
}

/** The functions that are being served, and what they are made of. Parts of it are replaced while it runs. */
export class RunningService implements GatewayTarget {
  readonly #listener: Listener;
  readonly #hosts = new Map<string, FunctionHost>();
  /** Whatever a function's host was started with, to see whether it changes. */
  readonly #madeOf = new Map<string, string>();
  #plan: ServicePlan;
  #router: Router;
  readonly #ready: Promise<void>;
  #markReady = () => {};

  constructor(plan: ServicePlan, listener: Listener) {
    this.#plan = plan;
    this.#router = createRouter(plan.api);
    this.#listener = listener;
    this.#ready = new Promise((resolve) => {
      this.#markReady = resolve;
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

  /** Requests that come before the first code is there wait for it. */
  async invoke(functionKey: string, payload: string): Promise<InvocationResult> {
    await this.#ready;
    const host = this.#hosts.get(functionKey);
    if (host === undefined) {
      const errorMessage = `Function not found: ${functionKey}`;
      return { ok: false, error: { errorType: "ResourceNotFoundException", errorMessage } };
    }
    const result = await host.invoke(payload);
    if (!result.ok) {
      const { errorType, errorMessage, trace } = result.error;
      this.#listener.onFailure(functionKey, trace?.join("\n") || `${errorType}: ${errorMessage}`);
    }
    return result;
  }

  /**
   * Serves this plan and this code from now on.
   * @returns the functions that are not as they were
   */
  serve(plan: ServicePlan, bundle: Bundle, tableEndpoint: string): string[] {
    this.#plan = plan;
    this.#router = createRouter(plan.api);
    const changed = plan.functions.filter((lambda) => this.#place(lambda, bundle, tableEndpoint));
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
    await Promise.all([...this.#hosts.values()].map((host) => host.stop()));
  }

  /** True where the function is new or another than before. */
  #place(lambda: FunctionPlan, bundle: Bundle, tableEndpoint: string): boolean {
    const code = {
      functionModule: bundle.modules[lambda.key] ?? "",
      environmentModule: bundle.modules[environmentEntry] ?? "",
    };
    const variables = localVariables(this.#plan, lambda, tableEndpoint);
    const madeOf = JSON.stringify([lambda, code, variables]);
    if (this.#madeOf.get(lambda.key) === madeOf) return false;
    this.#madeOf.set(lambda.key, madeOf);

    const options: FunctionHostOptions = {
      lambda,
      code,
      variables,
      onOutput: (line) => this.#listener.onOutput(lambda.key, line),
    };
    const host = this.#hosts.get(lambda.key);
    if (host === undefined) this.#hosts.set(lambda.key, new FunctionHost(options));
    else host.replace(options);
    return true;
  }
}
