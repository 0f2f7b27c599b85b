import { LambdakitError } from "../../errors/index.ts";
import type { TableEngine } from "./engine.ts";
import { tableApi } from "./table-api.ts";

/**
 * An engine that somebody else runs: DynamoDB Local, a shared container, whatever answers there. It
 * is used and left alone.
 *
 * @throws {LambdakitError} ENGINE_UNREACHABLE
 */
export async function useEndpoint(endpoint: string): Promise<TableEngine> {
  try {
    await tableApi(endpoint, "ListTables", {});
  } catch (cause) {
    throw new LambdakitError("ENGINE_UNREACHABLE", {
      message: `Nothing that speaks DynamoDB answers at ${endpoint}: ${(cause as Error).message}.`,
      fix: "start it, or unset DYNAMODB_ENDPOINT to use the embedded engine",
      at: "DYNAMODB_ENDPOINT",
      cause,
    });
  }
  return {
    name: endpoint,
    endpoint,
    lacks: [],
    ended: new Promise(() => {}),
    async stop() {},
  };
}
