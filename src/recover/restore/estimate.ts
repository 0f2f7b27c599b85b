import { type Operation, restoreOf } from "../../release/index.ts";

/** How long earlier restores here took; AWS promises nothing, and publishes no figures. */
export interface RestoreEstimate {
  /** What is in the table that is to be replaced; null where it is lost, and nobody can look. */
  readonly bytes: number | null;
  /** The newest first, five at most. */
  readonly earlier: readonly {
    readonly at: string;
    readonly seconds: number;
    readonly bytes: number;
  }[];
}

/** @param table its key in the manifest */
export function restoreEstimate(
  operations: readonly Operation[],
  table: string,
  bytes: number | null,
): RestoreEstimate {
  const earlier = operations.flatMap((one) => {
    if (one.started.action !== "restore" || one.restore?.restored == null) return [];
    const { chosen, restored } = restoreOf(operations, one);
    if (chosen?.table !== table || restored === null) return [];
    return [{ at: restored.at, seconds: restored.seconds, bytes: restored.bytes }];
  });
  return { bytes, earlier: earlier.slice(0, 5) };
}
