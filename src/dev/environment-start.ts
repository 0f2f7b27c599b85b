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
import { startThread } from "./host/thread-environment.ts";
import type { Isolation } from "./workspace.ts";

export interface EnvironmentStartOptions {
  readonly isolation: Isolation;
  /** The service's folder, where the Node.js of its runtime may be installed. */
  readonly directory: string;
  /** With `runtime` among them, another Node.js than the runtime's will do. */
  readonly notEmulated: readonly string[];
}

export interface EnvironmentStart {
  /** How environments of a runtime are started, such as `nodejs22.x`. */
  of(runtime: string): StartEnvironment;
  /** Where functions run on another Node.js than in AWS, in words for a developer. */
  readonly differences: readonly string[];
}

/**
 * How the environments of a plan's functions are started: as threads of this process, or as processes
 * on the Node.js that the functions' runtime stands for.
 *
 * @throws {LambdakitError} DEV_RUNTIME_NOT_FOUND
 */
export async function environmentStart(
  { functions }: Pick<ServicePlan, "functions">,
  { isolation, directory, notEmulated }: EnvironmentStartOptions,
): Promise<EnvironmentStart> {
  const starts = new Map<string, StartEnvironment>();
  const differences: string[] = [];
  for (const runtime of new Set(functions.map((lambda) => lambda.runtime))) {
    const { program, version } =
      isolation === "thread" ? current : await nodeFor(runtime, directory, notEmulated);
    if (isolation === "process") starts.set(runtime, processEnvironments(nodeRuntime(program)));
    if (!runtime.startsWith(`nodejs${version.split(".")[0]}.`)) {
      differences.push(`${runtime}: the functions run on Node.js ${version} here`);
    }
  }
  return { of: (runtime) => starts.get(runtime) ?? startThread, differences };
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
