import { LambdakitError } from "../errors/index.ts";
import type { Operation } from "./history/operation.ts";
import { restoreOf } from "./history/state.ts";
import { placeText } from "./origin.ts";

/**
 * Lets nobody else change an environment while the restore of a table is not done: an apply makes an empty table where
 * one is lost, and does not know the name of one that is being switched to.
 *
 * @param left what was begun and is not done, with nobody at it
 * @throws {LambdakitError} RELEASE_UNFINISHED
 */
export function requireNoRestore(
  operations: readonly Operation[],
  environment: string,
  left: Operation | undefined,
): void {
  if (left === undefined || !holdsOthersBack(operations, left)) return;
  const { chosen, switching } = restoreOf(operations, left);
  const forward = `lambdakit dr restore ${chosen?.asked ?? "..."} --env ${environment}, as it was begun`;
  const giveUp = `; or give it up: lambdakit unlock ${left.number} --env ${environment}`;
  throw new LambdakitError("RELEASE_UNFINISHED", {
    message: `The restore of ${chosen?.source ?? "a table"} in ${environment}, begun at ${left.started.at} by ${placeText(left.started.from)}, is not done${switching === null ? "" : ", and the service is being led to the restored table"}.`,
    fix: `${forward}${switching === null ? giveUp : ""}`,
  });
}

/** One that was given up holds nobody back, unless it was past the point from which there is no way back. */
export function holdsOthersBack(operations: readonly Operation[], left: Operation): boolean {
  if (left.started.action !== "restore") return false;
  const isGivenUp = left.ended?.outcome === "abandoned";
  return !isGivenUp || restoreOf(operations, left).switching !== null;
}
