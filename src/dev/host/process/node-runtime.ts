import type { HandlerPlace } from "../runtime-client/load-handler.ts";
import type { RuntimeCommand } from "./process-environment.ts";

/** What the bootstrap is told when it starts. */
export interface BootstrapData extends HandlerPlace {
  /** What it sees as `/tmp`. */
  readonly temporaryDirectory: string;
  readonly packages?: string;
}

/**
 * Runs functions with our own runtime client, on this Node.js, started with Lambda's option: V8 takes a code
 * cache only where it is the same.
 *
 * @param node the program, as {@link findNode} gives it
 * @param parameters of Node.js itself, such as `--inspect`
 */
export function nodeRuntime(node: string, parameters: readonly string[] = []): RuntimeCommand {
  return ({ code, temporaryDirectory }) => {
    const { taskRoot, handler, module, packages } = code;
    const data: BootstrapData = {
      taskRoot,
      handler,
      ...(module !== undefined && { module }),
      ...(packages !== undefined && { packages }),
      temporaryDirectory,
    };
    return {
      program: node,
      parameters: ["--expose-gc", ...parameters, code.environmentModule, JSON.stringify(data)],
    };
  };
}
