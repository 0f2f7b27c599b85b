import type { TablePlan } from "./types.ts";

/** The names of a table's key attributes, the partition key first. */
export function keyNames({
  partitionKey,
  sortKey,
}: Pick<TablePlan, "partitionKey" | "sortKey">): string[] {
  return [partitionKey.name, ...(sortKey === null ? [] : [sortKey.name])];
}
