import type { BackupState } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import type { RecoveryGateways } from "../gateways.ts";
import { type Patience, waitFor } from "../pause.ts";

/**
 * A backup of this name that can be restored: made, unless a command before this one has made it.
 *
 * @throws {LambdakitError} RESTORE_FAILED where AWS has deleted it meanwhile; DEPLOY_INTERRUPTED
 */
export async function availableBackup(
  backups: RecoveryGateways["backups"],
  table: string,
  name: string,
  patience: Patience,
): Promise<BackupState> {
  const find = async () => (await backups.list(table)).find((one) => one.name === name);
  const arn = (await find())?.arn ?? (await backups.create(table, name));
  await waitFor(`the backup ${name}`, patience, async () => {
    const status = await backups.status(arn);
    if (status === "AVAILABLE") return status;
    if (status === "CREATING") return undefined;
    throw new LambdakitError("RESTORE_FAILED", {
      message: `The backup ${name} has become ${status ?? "nothing"}, and not AVAILABLE.`,
      fix: "CloudTrail knows who deleted it",
    });
  });
  const there = (await backups.list(table)).find((one) => one.arn === arn);
  // The list is a moment behind.
  return (
    there ?? {
      arn,
      name,
      kind: "on-demand",
      status: "AVAILABLE",
      at: new Date().toISOString(),
      bytes: 0,
      expiresAt: null,
    }
  );
}
