/**
 * What commands print with `--json`.
 *
 * Takes a command's name. Gives the JSON Schema of its answer; and, for the compiler, its type. Its one rule: the schema is
 * the only place that says what an answer looks like, so that what a command prints is held against it twice, by the
 * compiler and by every test that runs one.
 */
export { type Answer, answers } from "./answers.ts";
export type { AdoptAnswer } from "./commands/adopt.ts";
export type { AlarmsAnswer } from "./commands/alarms.ts";
export type { AuditAnswer } from "./commands/audit.ts";
export type { BootstrapAnswer } from "./commands/bootstrap.ts";
export type { CostAnswer } from "./commands/cost.ts";
export type { DeployAnswer } from "./commands/deploy.ts";
export type { DestroyAnswer } from "./commands/destroy.ts";
export type { DevAnswer } from "./commands/dev.ts";
export type { DoctorAnswer } from "./commands/doctor.ts";
export type { DrBackupAnswer } from "./commands/dr-backup.ts";
export type { DrDrillAnswer } from "./commands/dr-drill.ts";
export type { DrFailbackAnswer } from "./commands/dr-failback.ts";
export type { DrFailoverAnswer } from "./commands/dr-failover.ts";
export type { DrMergeAnswer } from "./commands/dr-merge.ts";
export type { DrRebuildAnswer } from "./commands/dr-rebuild.ts";
export type { DrRestoreAnswer } from "./commands/dr-restore.ts";
export type { DrStandbyAnswer } from "./commands/dr-standby.ts";
export type { EjectAnswer } from "./commands/eject.ts";
export type { ExplainAnswer } from "./commands/explain.ts";
export type { GenerateAnswer } from "./commands/generate.ts";
export type { InvokeAnswer } from "./commands/invoke.ts";
export type { LogsAnswer } from "./commands/logs.ts";
export type { McpAnswer } from "./commands/mcp.ts";
export type { MetricsAnswer } from "./commands/metrics.ts";
export type { NewAnswer } from "./commands/new.ts";
export type { NewEntityAnswer } from "./commands/new-entity.ts";
export type { NewFunctionAnswer } from "./commands/new-function.ts";
export type { NewRouteAnswer } from "./commands/new-route.ts";
export type { PackageAnswer } from "./commands/package.ts";
export type { PlanAnswer } from "./commands/plan.ts";
export type { PromoteAnswer } from "./commands/promote.ts";
export type { RehearseAnswer } from "./commands/rehearse.ts";
export type { ReleasesAnswer } from "./commands/releases.ts";
export type { RollbackAnswer } from "./commands/rollback.ts";
export type { RunbookAnswer } from "./commands/runbook.ts";
export type { SchemaAnswer } from "./commands/schema.ts";
export type { SecretAnswer } from "./commands/secret.ts";
export type { StatusAnswer } from "./commands/status.ts";
export type { TokenAnswer } from "./commands/token.ts";
export type { UnlockAnswer } from "./commands/unlock.ts";
export type { VerifyAnswer } from "./commands/verify.ts";
export { type ErrorAnswer, isErrorAnswer } from "./parts/error.ts";
export { allSchemas, type JsonSchema, schemaOf } from "./to-schema.ts";
