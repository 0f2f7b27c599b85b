import { keptAsideBackupName } from "../../names.ts";
import { availableBackup } from "../backup/available-backup.ts";
import type { RestoreRun } from "./restore-run.ts";

/** Backs up the table that is replaced, as it is: whatever is wrong with it, somebody may want to look at it. */
export async function keepAside({
  steps,
  choice,
  gateways,
  options,
  done,
}: RestoreRun): Promise<void> {
  if (steps.keptAside !== null || choice.isLost) return;
  const name = keptAsideBackupName(choice.source, choice.at);
  const { arn } = await availableBackup(gateways.backups, choice.source, name, options);
  const at = new Date().toISOString();
  await done("keptAside", { at, backup: arn }, `backed ${choice.source} up as it is, to keep`);
}
