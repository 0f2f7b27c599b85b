import { type Difference, differences } from "./differences.ts";
import type { Operation } from "./history/operation.ts";
import { versionsOf } from "./history/state.ts";
import type { ReleaseView } from "./release.ts";

/** What moving the traffic to a recorded release would do, and what it would not. */
export interface Way {
  readonly release: string;
  /** By the function's name in AWS. */
  readonly versions: Readonly<Record<string, string>>;
  /** What stays as it is, because no alias moves it: as it is now, and as the release had it. */
  readonly staying: readonly Difference[];
}

/**
 * The way from one release to another by aliases alone.
 *
 * @param from where that is not known, nothing is said of what stays
 * @returns nothing where the other one never was in this environment
 */
export function wayTo(
  operations: readonly Operation[],
  from: ReleaseView | undefined,
  to: ReleaseView,
): Way | undefined {
  const versions = versionsOf(operations, to.release.id);
  if (versions === undefined) return undefined;
  const all = from === undefined ? [] : differences(from, to);
  const staying = all.filter(
    ({ aspect }) => aspect === "permissions" || aspect === "infrastructure",
  );
  return { release: to.release.id, versions, staying };
}

/** What the release that is gone to had, and will not find. */
export function missingOn({ staying }: Way): readonly Difference[] {
  return staying.filter(
    ({ what, after }) => after !== null && /^(index|table|route) | may /.test(what),
  );
}
