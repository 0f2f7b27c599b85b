import { type RestoredState, targetTaken } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import type { RestoreChoice } from "../../release/index.ts";
import { waitFor } from "../pause.ts";
import { bringPoint, isRecoveryPoint } from "./bring-point.ts";
import type { RestoreRun } from "./restore-run.ts";

/** Starts the restore, once however often it is come back to, and waits until all items are there. */
export async function bringItems(run: RestoreRun): Promise<void> {
  const { steps, choice, gateways, options, done } = run;
  if (steps.restored !== null) return;
  const { restores } = gateways;
  const { source, target, from } = choice;
  const there = await restores.read(target);
  if (from.kind === "backup" && isRecoveryPoint(from.arn)) {
    await bringPoint(run, from.arn, there !== undefined);
  } else if (there === undefined) {
    await restores.start(
      target,
      from.kind === "backup" ? { backup: from.arn } : { table: source, to: from.to },
    );
  } else if (!isOurs(there, choice)) throw targetTaken(target);
  const state = await waitFor(`${target} to be restored`, options, async () => {
    const now = await restores.read(target);
    if (now?.status === "ACTIVE" && now.restore?.isRunning !== true) return now;
    if (now?.status === "CREATING" || now?.status === "ACTIVE" || now?.status === "UPDATING")
      return undefined;
    throw new LambdakitError("RESTORE_FAILED", {
      message: `DynamoDB has given up to restore ${target}: it is ${now?.status ?? "not there any more"}. A key of KMS that was disabled, or a policy that allows no more, can be why.`,
      fix: "CloudTrail, event RestoreTableFromBackup or RestoreTableToPointInTime, has the reason",
    });
  });
  const at = new Date().toISOString();
  const seconds = Math.round((Date.parse(at) - Date.parse(choice.at)) / 1_000);
  const { items, bytes } = state;
  await done("restored", { at, seconds, items, bytes }, `restored ${target}`);
}

/** Whether a table is what this restore has begun. Its time is part of its name; a lost one has a name of its own. */
function isOurs({ restore }: RestoredState, { from, source }: RestoreChoice): boolean {
  if (restore === null) return false;
  return from.kind === "backup" ? restore.backup === from.arn : restore.table === source;
}
