import type { BackupState } from "../../aws/index.ts";

/** Orders backups by when they were made. */
export function newestFirst(one: Pick<BackupState, "at">, other: Pick<BackupState, "at">): number {
  return Date.parse(other.at) - Date.parse(one.at);
}
