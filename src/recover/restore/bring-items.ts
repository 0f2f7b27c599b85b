import { type RestoredState, targetTaken } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import type { RestoreChoice } from "../../release/index.ts";
import type { RecoveryGateways } from "../gateways.ts";
import { type Patience, waitFor } from "../pause.ts";
import { bringPoint, isRecoveryPoint } from "./bring-point.ts";
import type { RestoreRun } from "./restore-run.ts";

/** Starts the restore, once however often it is come back to, and waits until all items are there. */
export async function bringItems(run: RestoreRun): Promise<void> {
  const { steps, choice, gateways, options, done } = run;
  if (steps.restored !== null) return;
  const { from, target } = choice;
  const isPoint = from.kind === "backup" && isRecoveryPoint(from.arn);
  const { items, bytes } = isPoint
    ? await restorePoint(run, from.arn)
    : await restoreItems(choice, gateways.restores, options);
  const at = new Date().toISOString();
  const seconds = Math.round((Date.parse(at) - Date.parse(choice.at)) / 1_000);
  await done("restored", { at, seconds, items, bytes }, `restored ${target}`);
}

/** The table is there before AWS Backup says that it is done with it. */
async function restorePoint(run: RestoreRun, arn: string): Promise<RestoredState> {
  const { choice, gateways, options } = run;
  const there = await gateways.restores.read(choice.target);
  await bringPoint(run, arn, there !== undefined);
  return restored(choice.target, gateways.restores, options);
}

/** What is restored, from what, and as what. */
type Wanted = Pick<RestoreChoice, "source" | "target" | "from">;

/**
 * Restores a table, or waits for the restore that was begun before.
 *
 * @throws {LambdakitError} RESTORE_TARGET_TAKEN, RESTORE_FAILED, and as the gateway says
 */
export async function restoreItems(
  wanted: Wanted,
  restores: RecoveryGateways["restores"],
  patience: Patience,
): Promise<RestoredState> {
  const { source, target, from } = wanted;
  const there = await restores.read(target);
  if (there === undefined) {
    await restores.start(
      target,
      from.kind === "backup" ? { backup: from.arn } : { table: source, to: from.to },
    );
  } else if (!isOurs(there, wanted)) throw targetTaken(target);
  return restored(target, restores, patience);
}

/** @throws {LambdakitError} RESTORE_FAILED, DEPLOY_INTERRUPTED, and as the gateway says */
function restored(
  target: string,
  restores: RecoveryGateways["restores"],
  patience: Patience,
): Promise<RestoredState> {
  return waitFor(`${target} to be restored`, patience, async () => {
    const now = await restores.read(target);
    if (now?.status === "ACTIVE" && now.restore?.isRunning !== true) return now;
    if (now?.status === "CREATING" || now?.status === "ACTIVE" || now?.status === "UPDATING")
      return undefined;
    throw new LambdakitError("RESTORE_FAILED", {
      message: `DynamoDB has given up to restore ${target}: it is ${now?.status ?? "not there any more"}. A key of KMS that was disabled, or a policy that allows no more, can be why.`,
      fix: "CloudTrail, event RestoreTableFromBackup or RestoreTableToPointInTime, has the reason",
    });
  });
}

/** Whether a table is what this restore has begun. Its time is part of its name; a lost one has a name of its own. */
function isOurs({ restore }: RestoredState, { from, source }: Wanted): boolean {
  if (restore === null) return false;
  return from.kind === "backup" ? restore.backup === from.arn : restore.table === source;
}
