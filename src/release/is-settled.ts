import type { Operation } from "./history/operation.ts";
import { liveRelease, standingOf, unfinished, versionsOf } from "./history/state.ts";
import type { AliasStates } from "./traffic/traffic.ts";

/** Whether a release is live, proven, and all that answers: so that there is nothing to do. */
export function isSettled(
  operations: readonly Operation[],
  release: string,
  aliases: AliasStates,
): boolean {
  const versions = versionsOf(operations, release) ?? {};
  return (
    unfinished(operations) === undefined &&
    liveRelease(operations) === release &&
    standingOf(operations, release).is === "verified" &&
    [...aliases].every(
      ([name, { version, canary }]) => canary === null && version === versions[name],
    )
  );
}
