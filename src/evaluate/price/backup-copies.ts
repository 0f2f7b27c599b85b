import type { BackupsPlan } from "../../plan/index.ts";

/** Whole copies of a table, as many as there are once the oldest are deleted. */
export interface BackupCopies {
  /** In the vault of the environment's region. */
  readonly kept: number;
  /** In that of the recovery region; 0 without one. */
  readonly elsewhere: number;
}

/**
 * How many copies of each table are paid for. A backup of DynamoDB is a whole one each time; in the hour of the day's
 * backup no other is made.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html (2026-11-27)
 */
export function backupCopies(backups: BackupsPlan): BackupCopies {
  const { everyMinutes, recentDays, retentionDays, copyTo } = backups;
  const others = (24 * 60) / everyMinutes - 1;
  return {
    kept: others * recentDays + retentionDays,
    elsewhere: copyTo === null ? 0 : retentionDays,
  };
}
