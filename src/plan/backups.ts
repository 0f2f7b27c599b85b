import type { Manifest } from "../manifest/index.ts";
import { backupRoleName, vaultName } from "../names.ts";
import type { BackupsPlan, EnvironmentName, TablePlan } from "./types.ts";

/**
 * When AWS Backup copies the service's own tables, and how long it keeps what.
 *
 * AWS Backup takes a whole copy of a table each time, at most once an hour, and may begin up to an hour late. So no plan
 * of it keeps an RPO of an hour; point-in-time recovery does, while it is there. Backups are for when it is not: the
 * table was deleted with it, or somebody has switched it off.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html (2026-11-27)
 * @returns null where all tables are somebody else's, or there are none
 */
export function planBackups(
  manifest: Manifest,
  environment: EnvironmentName,
  tables: readonly TablePlan[],
): BackupsPlan | null {
  if (tables.every(({ existing }) => existing)) return null;
  const { prefix, name, recovery, environments } = manifest;
  const { recoveryRegion } = environments[environment];
  const { retentionDays, lock } = recovery.backups;
  const everyHours = hoursBetween(recovery.rpoMinutes);
  const vault = vaultName(prefix, name, environment);
  return {
    vault,
    plan: vault,
    role: backupRoleName(prefix, name, environment),
    everyMinutes: everyHours * 60,
    schedule: everyHours === 24 ? daily : hourly(everyHours),
    recentDays: everyHours === 24 ? retentionDays : Math.min(recentDays, retentionDays),
    dailySchedule: daily,
    retentionDays,
    copyTo: recoveryRegion === undefined ? null : { region: recoveryRegion, vault },
    locked: lock,
    from: "recovery",
  };
}

/** From Friday evening to Monday morning it is not three days. Ours. */
const recentDays = 3;

/** A day's copy is made when few write, as far as that can be known of a service. Ours. */
const daily = "cron(0 3 ? * * *)";

/** At full hours, and at midnight: 24 is divisible by each of them. */
function hourly(hours: number): string {
  return hours === 1 ? "cron(0 * ? * * *)" : `cron(0 0/${hours} ? * * *)`;
}

/** As often as the RPO asks for, with the hour that AWS may take to begin; never less than once a day. */
function hoursBetween(rpoMinutes: number): number {
  const most = (rpoMinutes - startWindowMinutes) / 60;
  return [24, 12, 8, 6, 4, 3, 2].find((hours) => hours <= most) ?? 1;
}

/** The shortest that AWS Backup takes; `terraform/modules/backup` has the same. */
const startWindowMinutes = 60;
