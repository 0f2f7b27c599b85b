/**
 * Recovery: to be back where something was lost.
 *
 * Takes service plans, a live release, gateways to AWS and an environment's history. Gives backups, a restored table that
 * the service uses, a region that stands by with the same release, and callers who were led there and back. Its one rule:
 * no table and no item is removed, and every step can be done twice.
 */
export { availableBackup } from "./backup/available-backup.ts";
export {
  type BackupTable,
  type ListedBackup,
  type ListedBackups,
  listBackups,
} from "./backup/list-backups.ts";
export { type PruneRule, prunable } from "./backup/prunable.ts";
export {
  type CompareOptions,
  compareTables,
  countTable,
  type ItemCount,
  type SampleComparison,
  type TableComparison,
} from "./compare/compare-tables.ts";
export {
  bringStandby,
  type PlannedStandby,
  type Standby,
  type StandbyOptions,
} from "./failover/bring-standby.ts";
export { type CallersMove, type MoveOptions, moveCallers } from "./failover/move-callers.ts";
export type { NameSwitch, RegionSide } from "./failover/region-side.ts";
export type { Replication } from "./failover/replication.ts";
export { type BackupVault, openGateways, type RecoveryGateways } from "./gateways.ts";
export { ChosenItems } from "./merge/chosen-items.ts";
export type { DifferingTables, ItemDifference } from "./merge/item-difference.ts";
export { mergeLine } from "./merge/merge-line.ts";
export {
  type ConflictRule,
  type MergeAction,
  type MergeCounts,
  mergeTables,
} from "./merge/merge-tables.ts";
export { type MergedTables, mergedTables } from "./merge/merged-tables.ts";
export type { Patience } from "./pause.ts";
export {
  type PlannedRebuild,
  type PlanRebuildOptions,
  planRebuild,
  type RebuiltEnvironment,
} from "./rebuild/plan-rebuild.ts";
export { openRebuildGateways, type RebuildGateways } from "./rebuild/rebuild-gateways.ts";
export { RebuildRecords } from "./rebuild/rebuild-records.ts";
export { type RebuildOptions, type Rebuilt, rebuildService } from "./rebuild/rebuild-service.ts";
export { lostRelease, type ReleaseSource } from "./rebuild/release-source.ts";
export type { SourcedTable, TableSource } from "./rebuild/table-source.ts";
export { type AskedPoint, choosePoint, type Restorable } from "./restore/choose-point.ts";
export { type RestoreEstimate, restoreEstimate } from "./restore/estimate.ts";
export { type PlannedRestore, planRestore, tableOf } from "./restore/plan-restore.ts";
export { readRestorable } from "./restore/read-restorable.ts";
export type { RestoreOptions } from "./restore/restore-run.ts";
export type { OpenRestoreStack, RestoreStack, TakenOverTable } from "./restore/restore-stack.ts";
export { type Restored, restoreTable } from "./restore/restore-table.ts";
export {
  type SettingDifference,
  settingDifferences,
  settingsFor,
  settingsOfPlan,
} from "./restore/settings.ts";
