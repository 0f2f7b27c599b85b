import { onTestFinished } from "vitest";
import { FunctionHost, type FunctionHostOptions } from "../src/dev/host/function-host.ts";
import type { HostEvent } from "../src/dev/host/host-event.ts";
import type { InvocationResult } from "../src/dev/host/invocation.ts";
import { functionPlan, type Isolation } from "./observe-runtime.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface Hosted {
  readonly host: FunctionHost;
  readonly options: FunctionHostOptions;
  readonly events: readonly HostEvent[];
  invoke(event?: unknown): Promise<InvocationResult>;
  /** What it answers. A failure is thrown. */
  answer(event?: unknown): Promise<unknown>;
  /** How it fails. An answer is thrown. */
  failure(event?: unknown): Promise<Extract<InvocationResult, { ok: false }>>;
  /** The lines of the function, or of the platform. */
  lines(platform?: boolean): string[];
  /** Settles when it has written a line that contains this. */
  written(text: string): Promise<void>;
}

export type HostedChange = Partial<Omit<FunctionHostOptions, "lambda" | "code">> & {
  readonly lambda?: Partial<FunctionHostOptions["lambda"]>;
};

/** A function of this code, hosted until the test ends. Unless told otherwise it runs on Node.js 24's client. */
export async function hosted(
  code: string,
  { start, environmentModule }: Isolation,
  { lambda, ...change }: HostedChange = {},
): Promise<Hosted> {
  const events: HostEvent[] = [];
  const waiting: (() => void)[] = [];
  const options: FunctionHostOptions = {
    lambda: { ...functionPlan("nodejs24.x"), ...lambda },
    code: {
      taskRoot: await temporaryFolder({ "index.mjs": code }),
      handler: "index.handler",
      environmentModule,
    },
    variables: {},
    start,
    onEvent: (event) => {
      events.push(event);
      for (const wake of waiting.splice(0)) wake();
    },
    ...change,
  };
  const host = new FunctionHost(options);
  onTestFinished(() => host.stop());
  const lines = (platform = false) =>
    events.flatMap((event) =>
      event.type === "output" && event.platform === platform ? [event.line] : [],
    );
  const invoke = (event: unknown = {}) => host.invoke({ payload: JSON.stringify(event) });
  return {
    host,
    options,
    events,
    invoke,
    async answer(event) {
      const result = await invoke(event);
      if (!result.ok) throw new Error(result.error.errorMessage);
      return JSON.parse(result.payload);
    },
    async failure(event) {
      const result = await invoke(event);
      if (result.ok) throw new Error(`It answered ${result.payload}.`);
      return result;
    },
    lines,
    async written(text) {
      while (!lines().some((line) => line.includes(text))) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}
