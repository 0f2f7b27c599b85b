import type { BackupState } from "../../aws/index.ts";

/** Whether a table can be restored from it. */
export function isAvailable({ status }: Pick<BackupState, "status">): boolean {
  return status === "AVAILABLE";
}
