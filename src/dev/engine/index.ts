import { mkdir } from "node:fs/promises";
import { findDynoxide, startDynoxide } from "./dynoxide.ts";
import { useEndpoint } from "./endpoint.ts";
import type { EngineOptions, TableEngine } from "./engine.ts";

export { findDynoxide } from "./dynoxide.ts";
export type { TableEngine } from "./engine.ts";
export {
  type Restart,
  type SupervisedEngine,
  type Supervision,
  superviseEngine,
} from "./supervised-engine.ts";
export { isTableNotFound, ownerHeaders, TableApiError, tableApi } from "./table-api.ts";
export { countItems, createTable, deleteTable, ensureTable } from "./tables.ts";

/**
 * The best engine that this machine has: the one that `DYNAMODB_ENDPOINT` names, else Dynoxide, else
 * dynalite.
 *
 * @throws {LambdakitError} ENGINE_UNREACHABLE, ENGINE_NOT_STARTED
 */
export async function startEngine(
  options: EngineOptions,
  env: NodeJS.ProcessEnv = process.env,
): Promise<TableEngine> {
  const endpoint = env.DYNAMODB_ENDPOINT;
  if (endpoint) return useEndpoint(endpoint);
  if (options.dataDirectory !== undefined) await mkdir(options.dataDirectory, { recursive: true });
  const dynoxide = findDynoxide();
  if (dynoxide !== undefined) return startDynoxide(dynoxide, options);
  const { startDynalite } = await import("./dynalite/dynalite.ts");
  return startDynalite(options);
}
