/** Execution environments that are processes, for tests: any source, started and ended again. */
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import type { Environment, EnvironmentOptions, Invocation } from "../src/dev/host/environment.ts";
import { nodeRuntime, processEnvironments } from "../src/dev/host/process/index.ts";
import type { RuntimeCommand } from "../src/dev/host/process/process-environment.ts";
import { ownProgram } from "../src/package/index.ts";
import { functionPlan } from "./observe-runtime.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface Change {
  readonly runtime?: string;
  readonly memoryMb?: number;
  readonly freeze?: boolean;
  readonly variables?: Readonly<Record<string, string>>;
  /** @default our own runtime client, on this Node.js */
  readonly command?: RuntimeCommand;
}

export interface Started {
  readonly environment: Environment;
  /** All that it wrote. */
  readonly lines: string[];
  /** Resolves when the environment says that it has ended. */
  readonly ended: Promise<void>;
  invoke(event: unknown, change?: Partial<Invocation>): ReturnType<Environment["invoke"]>;
}

export interface Processes {
  /** The runtime client for processes, as one file. */
  readonly bootstrap: string;
  /** Starts an environment with this source as its `index.mjs`, and ends it after the test. */
  start(source: string, change?: Change): Promise<Started>;
}

export function useProcesses(): Processes {
  let directory = "";
  let bootstrap = "";
  beforeAll(async () => {
    directory = await realpath(await mkdtemp(path.join(tmpdir(), "lambdakit-process-")));
    bootstrap = await ownProgram("dev/host/process/bootstrap", directory);
  });
  afterAll(() => rm(directory, { recursive: true }));
  return {
    get bootstrap() {
      return bootstrap;
    },
    async start(source, change = {}) {
      const lines: string[] = [];
      let onEnd = () => {};
      const ended = new Promise<void>((resolve) => {
        onEnd = resolve;
      });
      const environment = processEnvironments(change.command ?? nodeRuntime(process.execPath))({
        ...(await optionsFor(source, bootstrap, change)),
        onLine: (line) => lines.push(line),
        onEnd,
      });
      onTestFinished(() => environment.stop());
      return {
        environment,
        lines,
        ended,
        async invoke(event, invocation) {
          await environment.ready;
          return environment.invoke({ ...newInvocation(), ...invocation, payload: json(event) });
        },
      };
    },
  };
}

let invocations = 0;

function newInvocation(): Invocation {
  invocations += 1;
  return {
    requestId: `00000000-0000-4000-8000-${String(invocations).padStart(12, "0")}`,
    payload: "{}",
    deadline: Date.now() + 30_000,
    functionArn: functionPlan("nodejs22.x").arn,
    traceId: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
  };
}

async function optionsFor(
  source: string,
  environmentModule: string,
  { runtime = "nodejs22.x", memoryMb = 256, freeze = true, variables = {} }: Change,
): Promise<Omit<EnvironmentOptions, "onLine" | "onEnd">> {
  const temporaryDirectory = await temporaryFolder();
  return {
    name: "2026/11/22/[$LATEST]58419525dade4d17a495dceeeed44708",
    lambda: { ...functionPlan(runtime), memoryMb },
    code: {
      taskRoot: await temporaryFolder({ "index.mjs": source }),
      handler: "index.handler",
      environmentModule,
    },
    variables: { AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`, ...variables },
    temporaryDirectory,
    freeze,
  };
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? "null";
}
