import type { Manifest } from "../../manifest/index.ts";
import { replicationMetric, vaultMetric } from "../metrics.ts";
import type { AlarmPlan, BackupsPlan, EnvironmentName, TablePlan } from "../types.ts";
import type { Named } from "./named.ts";
import { windows } from "./shapes.ts";

interface Place {
  readonly environment: EnvironmentName;
  readonly tables: readonly TablePlan[];
  readonly backups: BackupsPlan | null;
}

/**
 * Whether tables could be brought back. Callers notice none of it: it is looked at in the morning, while there is
 * something to be brought back from.
 */
export function recoveryAlarms(
  manifest: Manifest,
  { environment, tables, backups }: Place,
  named: Named,
): AlarmPlan[] {
  const own = tables.filter(({ existing }) => !existing);
  const { recoveryRegion } = manifest.environments[environment];
  return [
    ...(backups === null ? [] : [backupAge(backups, own.length, named)]),
    ...(recoveryRegion === undefined
      ? []
      : own.map((table) => replicationLatency(manifest, table, recoveryRegion, named))),
  ];
}

/**
 * Fewer backups than tables, for as long as it takes until that cannot be chance: AWS may begin an hour late, so that
 * one hour has no backup and the next has two. AWS Backup says nothing where nothing happens, and no backup is what
 * this is about: what is missing counts as none, and as bad.
 */
function backupAge(backups: BackupsPlan, count: number, named: Named): AlarmPlan {
  const periods = backups.everyMinutes === 60 ? 3 : 2;
  const completed = vaultMetric("completed", "NumberOfBackupJobsCompleted", backups.vault);
  const hours = (backups.everyMinutes / 60) * periods;
  return {
    name: named("tables", "backup-age"),
    kind: "backup-age",
    severity: "ticket",
    runbook: "backup-age",
    description: `AWS Backup has not copied ${count === 1 ? "the table" : `all ${count} tables`} of ${backups.vault} for ${hours} hours`,
    subject: backups.vault,
    metrics: [completed],
    expression: "FILL(completed, 0)",
    comparison: "LessThanThreshold",
    threshold: count,
    unit: "count",
    minimumCount: 0,
    ...windows(backups.everyMinutes, periods, periods),
    missingData: "breaching",
    from: backups.from,
  };
}

/** What is written here and not there yet would be lost: a tenth of what may be leaves nine to find out why. Ours. */
const tenth = 10;

/** What the alarm says of itself, before the words on its runbook. */
export function replicationLatencyText(
  tableName: string,
  region: string,
  thresholdMilliseconds: number,
): string {
  return `What is written to ${tableName} reaches ${region} over ${thresholdMilliseconds / 1000} seconds later`;
}

/** That nothing is replicated at all, no figure says: there are none then, as where nothing is written. */
function replicationLatency(
  { recovery }: Manifest,
  table: TablePlan,
  region: string,
  named: Named,
): AlarmPlan {
  const threshold = (recovery.rpoMinutes * 60_000) / tenth;
  return {
    name: named(table.key, "replication-latency"),
    kind: "replication-latency",
    severity: "ticket",
    runbook: "replication-latency",
    description: replicationLatencyText(table.name, region, threshold),
    subject: table.name,
    metrics: [replicationMetric("latency", table.name, region)],
    expression: null,
    comparison: "GreaterThanThreshold",
    threshold,
    unit: "milliseconds",
    minimumCount: 0,
    ...windows(5, 3, 3),
    from: "recovery.rpoMinutes",
  };
}
