import { LambdakitError } from "../../errors/index.ts";
import type { EnvironmentName } from "../../plan/index.ts";
import {
  type History,
  liveRelease,
  type Release,
  type ReleaseAccount,
  type Releases,
  requireProven,
  type TableNames,
} from "../../release/index.ts";

/** Where the bytes of a release are still. */
export type ReleaseSource =
  /** What is left of the environment itself: its region that stands by, or a copy of its bucket. */
  | {
      readonly kind: "copy";
      /** As it is said to people. */
      readonly name: string;
      readonly releases: Releases;
      /** The environment's own, if it is copied there, and that of where it stands by: the first with a live release counts. */
      readonly histories: readonly History[];
      readonly tables: TableNames;
    }
  /** The environment that releases come from: it has to have seen this one do what it promises. */
  | { readonly kind: "before"; readonly name: string; readonly account: ReleaseAccount };

/**
 * The release that is brought back.
 *
 * @param start how its id begins; left out, what was live
 * @throws {LambdakitError} RELEASE_NONE_LIVE, RELEASE_UNKNOWN, RELEASE_DAMAGED; RELEASE_NOT_PROVEN
 */
export async function lostRelease(
  source: ReleaseSource,
  environment: EnvironmentName,
  start: string | undefined,
): Promise<Release> {
  if (source.kind === "before") return requireProven(source.account, start);
  if (start !== undefined) return source.releases.find(start);
  for (const history of source.histories) {
    const live = liveRelease(await history.read());
    if (live !== null) return source.releases.load(live);
  }
  throw new LambdakitError("RELEASE_NONE_LIVE", {
    message: `${source.name} does not say which release was live in ${environment}.`,
    fix: `lambdakit dr rebuild --env ${environment} --release ID, with one of those that are there`,
  });
}

export function releasesOf(source: ReleaseSource): Releases {
  return source.kind === "before" ? source.account.releases : source.releases;
}

/** What tables were called after restores, by their keys: backups of them have these names. */
export async function earlierNames(
  source: ReleaseSource,
): Promise<Readonly<Record<string, readonly string[]>>> {
  if (source.kind === "before") return {};
  const names: Record<string, string[]> = {};
  for (const { tables } of await source.tables.switches()) {
    for (const [key, name] of Object.entries(tables)) {
      names[key] = [...(names[key] ?? []), name];
    }
  }
  return names;
}
