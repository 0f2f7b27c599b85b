import { targetTaken } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import { waitFor } from "../pause.ts";
import type { RestoreRun } from "./restore-run.ts";

/** Whether it is AWS Backup that has it, and has to restore it: DynamoDB does not know it. */
export function isRecoveryPoint(arn: string): boolean {
  return /^arn:[\w-]+:backup:/.test(arn);
}

/**
 * Lets AWS Backup restore a table, once however often it is come back to, and waits until that is done.
 *
 * @param isThere whether there is a table of that name already
 * @throws {LambdakitError} RESTORE_FAILED, RESTORE_TARGET_TAKEN, RESTORE_NO_BACKUP, RESTORE_LIMIT, DEPLOY_INTERRUPTED, or
 *   as `awsError` says
 */
export async function bringPoint(
  { choice, gateways: { vault }, options }: RestoreRun,
  arn: string,
  isThere: boolean,
): Promise<void> {
  const { target, at } = choice;
  if (vault === null) {
    throw new LambdakitError("RESTORE_NO_BACKUP", {
      message: `${arn} is AWS Backup's, and that is not asked here.`,
      fix: "lambdakit dr backup list shows what there is",
    });
  }
  const wanted = { point: arn, target, at };
  const begun = await vault.points.find(wanted);
  // A failed one may have left a table behind, which nobody can tell from somebody else's.
  const goesOn = begun !== undefined && begun.state !== "failed";
  if (!goesOn && isThere) throw targetTaken(target);
  const id = goesOn ? begun.id : await vault.points.start(wanted, vault.role);
  await waitFor(`AWS Backup to restore ${target}`, options, async () => {
    const { state, message } = await vault.points.job(id);
    if (state === "running") return undefined;
    if (state === "done") return state;
    throw new LambdakitError("RESTORE_FAILED", {
      message: `AWS Backup has given up to restore ${target} (job ${id}): ${message || "it does not say why"}`,
      fix: `aws backup describe-restore-job --restore-job-id ${id} has the reason`,
    });
  });
}
