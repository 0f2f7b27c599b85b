import type { BackupState } from "../../aws/index.ts";
import { ownBackupPrefix } from "../../names.ts";
import { isAvailable } from "./is-available.ts";
import { newestFirst } from "./newest-first.ts";

/** Which backups may go: all but the newest so many, or those that are older. */
export type PruneRule = { readonly keep: number } | { readonly olderThanSeconds: number };

/**
 * The backups of a table that nobody needs any more by a rule, the oldest first. Only what `dr backup` has made is among
 * them, and never the newest of it: nothing that AWS Backup or DynamoDB made, and nothing that was kept aside.
 *
 * @param now milliseconds since 1970
 */
export function prunable<Backup extends Pick<BackupState, "name" | "kind" | "status" | "at">>(
  backups: readonly Backup[],
  table: string,
  rule: PruneRule,
  now: number,
): Backup[] {
  const own = backups
    .filter(isAvailable)
    .filter(({ name, kind }) => kind === "on-demand" && name.startsWith(ownBackupPrefix(table)))
    .sort(newestFirst);
  const going =
    "keep" in rule
      ? own.slice(Math.max(rule.keep, 1))
      : own.slice(1).filter(({ at }) => now - Date.parse(at) > rule.olderThanSeconds * 1_000);
  return going.reverse();
}
