import { LambdakitError } from "../errors/index.ts";
import { busy } from "./history/history.ts";
import { isHeld } from "./history/is-held.ts";
import type { Operation } from "./history/operation.ts";
import { unfinished } from "./history/state.ts";
import { type Place, placeText } from "./origin.ts";
import { requireNoRestore } from "./require-no-restore.ts";
import type { AliasStates } from "./traffic/traffic.ts";

/**
 * Looks whether something may be begun, and what was left unfinished before.
 *
 * @param release that is to be live afterwards
 * @returns the operation to carry on with, whose command is gone
 * @throws {LambdakitError} RELEASE_BUSY; RELEASE_UNFINISHED where the traffic is between two other releases, or a table is being
 *   restored
 */
export function requireFree(
  operations: readonly Operation[],
  here: Place,
  {
    environment,
    release,
    aliases,
  }: {
    readonly environment: string;
    readonly release: string;
    readonly aliases: AliasStates;
  },
): Operation | undefined {
  const left = leftBehind(operations, environment, here);
  requireNoRestore(operations, environment, left);
  if (left === undefined || left.started.release === release) return left;
  if (!isBetween(left, aliases)) return undefined;
  const { action, previous, at, from } = left.started;
  const back =
    previous === null ? "" : `; back, to ${previous}: lambdakit rollback --env ${environment}`;
  throw new LambdakitError("RELEASE_UNFINISHED", {
    message: `The ${action} of ${left.started.release} to ${environment}, begun at ${at} by ${placeText(from)}, was cut off in the middle: ${betweenText(left, aliases)}.`,
    fix: `forward: the command for ${left.started.release} again${back}`,
  });
}

/** @throws {LambdakitError} RELEASE_BUSY where its command may still be running */
export function leftBehind(
  operations: readonly Operation[],
  environment: string,
  here: Place,
): Operation | undefined {
  const left = unfinished(operations);
  if (left !== undefined && isHeld(left, here)) throw busy(left.number, environment, left.started);
  return left;
}

/** Whether some of the requests get one release, and some the other. */
export function isBetween({ started, applied }: Operation, aliases: AliasStates): boolean {
  const states = [...aliases.values()];
  if (states.some(({ canary }) => canary !== null)) return true;
  const moving = [...aliases].filter(
    ([name]) =>
      started.before[name] !== undefined && started.before[name] !== applied?.versions[name],
  );
  const arrived = moving.filter(([name, { version }]) => version === applied?.versions[name]);
  return arrived.length > 0 && arrived.length < moving.length;
}

/** Such as `list: 3, and 10 % to 4; get: 7`. */
export function betweenText({ applied }: Operation, aliases: AliasStates): string {
  const texts = [...aliases].map(([name, { version, canary }]) => {
    const second = canary === null ? "" : `, and ${canary.share * 100} % to ${canary.version}`;
    const goal = applied?.versions[name];
    const missing =
      canary === null && goal !== undefined && goal !== version ? `, not ${goal}` : "";
    return `${name} leads to ${version}${second}${missing}`;
  });
  return texts.join("; ");
}
