import { type Difference, differences, type ReleaseView } from "./differences.ts";
import type { ReleaseAccount } from "./environment.ts";
import type { Operation } from "./history/operation.ts";
import { versionsOf } from "./history/state.ts";

/** What moving the traffic to a recorded release would do, and what it would not. */
export interface Way {
  readonly release: string;
  /** By the function's name in AWS. */
  readonly versions: Readonly<Record<string, string>>;
  /** What stays as it is, because no alias moves it: as it is now, and as the release had it. */
  readonly staying: readonly Difference[];
}

/**
 * Works out the way from one release to another by its aliases alone.
 *
 * @returns nothing where the other one never was in this environment
 */
export async function wayTo(
  { releases, environment }: ReleaseAccount,
  operations: readonly Operation[],
  from: ReleaseView | null,
  to: string,
): Promise<Way | undefined> {
  const versions = versionsOf(operations, to);
  if (versions === undefined) return undefined;
  const release = await releases.load(to);
  const plan = await releases.planOf(release, environment);
  const all = from === null ? [] : differences(from, { release, plan });
  const staying = all.filter(
    ({ aspect }) => aspect === "permissions" || aspect === "infrastructure",
  );
  return { release: to, versions, staying };
}

/** What the release that is gone to had, and will not find. */
export function missingOn({ staying }: Way): readonly Difference[] {
  return staying.filter(
    ({ what, after }) => after !== null && /^(index|table|route) | may /.test(what),
  );
}
