/**
 * Recovery: a table that was lost or damaged, back in use.
 *
 * Takes a service's live release, gateways to DynamoDB and an environment's history. Gives backups, and a restored table
 * that the service uses. Its one rule: no table and no item is removed, and every step can be done twice.
 */
export {
  type CompareOptions,
  compareTables,
  countTable,
  type ItemCount,
  type SampleComparison,
  type TableComparison,
} from "./compare/compare-tables.ts";
export type { DifferingTables, ItemDifference } from "./merge/item-difference.ts";
export { mergeLine } from "./merge/merge-line.ts";
export {
  type ConflictRule,
  type MergeAction,
  type MergeCounts,
  mergeTables,
} from "./merge/merge-tables.ts";
export { type MergedTables, mergedTables } from "./merge/merged-tables.ts";
