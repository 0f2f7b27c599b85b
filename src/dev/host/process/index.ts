/**
 * Execution environments that are processes: the Lambda Runtime API, and what stands around it.
 */
export { findNode, type NodeProgram, type NodeWanted } from "./find-node.ts";
export { nodeRuntime } from "./node-runtime.ts";
export { processEnvironments, type RuntimeCommand } from "./process-environment.ts";
