import { fileURLToPath } from "node:url";
import { LambdakitError } from "../errors/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import type { StartEnvironment } from "./host/environment.ts";
import {
  findNode,
  type NodeProgram,
  nodeRuntime,
  processEnvironments,
} from "./host/process/index.ts";
import type { ThreadAhead } from "./host/thread.ts";
import { threadEnvironments } from "./host/thread-environment.ts";
import type { Isolation } from "./isolation.ts";

export interface EnvironmentStartOptions {
  readonly isolation: Isolation;
  /** The service's folder, where the Node.js of its runtime may be installed. */
  readonly directory: string;
  /** With `runtime` among them, another Node.js than the runtime's will do. */
  readonly notEmulated: readonly string[];
  /** A thread that was started ahead. @default none */
  readonly ahead?: ThreadAhead | undefined;
}

export interface EnvironmentStart {
  /**
   * Finds the Node.js for the runtimes of a plan.
   * @throws {LambdakitError} DEV_RUNTIME_NOT_FOUND
   */
  prepare(plan: Pick<ServicePlan, "functions">): Promise<void>;
  /** How environments of a runtime are started, such as `nodejs22.x`, once a plan with it is prepared. */
  of(runtime: string): StartEnvironment;
  /** Where functions run on another Node.js than in AWS, in words for a developer. */
  readonly differences: readonly string[];
}

/**
 * How the environments of functions are started: as threads of this process, or as processes on the
 * Node.js that the functions' runtime stands for.
 */
export function environmentStart({
  isolation,
  directory,
  notEmulated,
  ahead,
}: EnvironmentStartOptions): EnvironmentStart {
  const threads = threadEnvironments(ahead);
  const starts = new Map<string, StartEnvironment>();
  const differences: string[] = [];
  return {
    differences,
    async prepare({ functions }) {
      for (const { runtime } of functions) {
        if (starts.has(runtime)) continue;
        const inThread = isolation === "thread";
        const node = inThread ? current : await nodeFor(runtime, directory, notEmulated);
        starts.set(runtime, inThread ? threads : processEnvironments(nodeRuntime(node.program)));
        if (!runtime.startsWith(`nodejs${node.version.split(".")[0]}.`)) {
          differences.push(`${runtime}: the functions run on Node.js ${node.version} here`);
        }
      }
    },
    of(runtime) {
      const start = starts.get(runtime);
      if (start === undefined) throw new Error(`There is no Node.js for ${runtime} yet.`);
      return start;
    },
  };
}

const current: NodeProgram = { program: process.execPath, version: process.versions.node };

async function nodeFor(
  runtime: string,
  directory: string,
  notEmulated: readonly string[],
): Promise<NodeProgram> {
  const ours = fileURLToPath(new URL(".", import.meta.url));
  try {
    return await findNode({ runtime, directories: [directory, ours] });
  } catch (error) {
    if (notEmulated.includes("runtime") && error instanceof LambdakitError) return current;
    throw error;
  }
}
