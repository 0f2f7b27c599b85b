/**
 * AWS, as far as the command line calls it itself.
 *
 * Takes what the environment says of credentials, profiles and endpoints, as every AWS tool does. Gives
 * small gateways, one a service. Its one rule: only here is the AWS SDK imported, and what goes wrong
 * comes out as a `LambdakitError`.
 */
export { type Access, type Credentials, impatient } from "./access.ts";
export {
  type AlarmState,
  Alarms,
  type AlarmTransition,
  type CompositeAlarmState,
} from "./alarms.ts";
export { Aliases, type AliasState } from "./aliases.ts";
export { type BackupState, Backups, type RestorableWindow } from "./backups.ts";
export { Bucket } from "./bucket.ts";
export { BucketAdmin, type BucketSettings } from "./bucket-settings.ts";
export { type Caller, signingKey, takeOnRole, whoCalls } from "./caller.ts";
export { awsNow } from "./clock.ts";
export { FunctionCode } from "./function-code.ts";
export {
  type FunctionState,
  Functions,
  type InvokeAnswer,
  type InvokeRequest,
} from "./functions.ts";
export { type HealthCheckState, HealthChecks } from "./health-checks.ts";
export { type Item, type ItemPage, Items, type Segment } from "./items.ts";
export { type ItemAttributes, KeyedItems } from "./keyed-items.ts";
export { type LogEvent, LogGroups, type LogPage, type PageRequest } from "./log-groups.ts";
export { LogQueries, type LogQuery, type QueryState } from "./log-queries.ts";
export { type LogGroupState, LogRetention } from "./log-retention.ts";
export { ManagedSecrets, recoveryDays } from "./managed-secrets.ts";
export { type MetricPoint, type MetricQuery, Metrics, type MetricWindow } from "./metrics.ts";
export { notBootstrapped } from "./not-bootstrapped.ts";
export { Parameters } from "./parameters.ts";
export { itemsAtOnce } from "./read-by-key.ts";
export { type PointRestore, RecoveryPoints, type RestoreJob } from "./recovery-points.ts";
export { type ReplicatedTable, ReplicatedTables } from "./replicated-tables.ts";
export { Identities, type RoleState, type UserKey } from "./roles.ts";
export type { SecretState, SecretStore } from "./secret-store.ts";
export { type FiringAlarm, Signals, type VersionFigures } from "./signals.ts";
export { TableAdmin } from "./table-admin.ts";
export {
  type RestoredState,
  type RestoreSource,
  TableRestores,
  targetTaken,
} from "./table-restores.ts";
export { longestRecoveryDays, type TableSettings } from "./table-settings.ts";
export { type BackupPoint, type TableState, Tables } from "./tables.ts";
