import type { Consent } from "./consent.ts";
import { originOf, type ReleaseEnvironment } from "./environment.ts";
import { liveRelease, releaseBefore } from "./history/state.ts";
import { requireFree } from "./require-free.ts";
import { readAliases } from "./traffic/traffic.ts";

/**
 * Merges what was written to a table that is kept aside, with nobody else at the environment meanwhile, and writes down
 * by whose word, and what became of it.
 *
 * @param merge what it gives is kept, once it is done
 * @throws {LambdakitError} RELEASE_BUSY, RELEASE_UNFINISHED, or what `merge` throws
 */
export async function recordMerge(
  environment: ReleaseEnvironment,
  functionNames: readonly string[],
  { confirmation, reason }: Consent,
  merge: () => Promise<string>,
): Promise<void> {
  const { history, traffic, place } = environment;
  const operations = await history.read();
  const release = liveRelease(operations);
  const left = requireFree(operations, place, {
    environment: environment.environment,
    // Whatever was cut off between two releases is for the command that it was cut off in.
    release: "",
    aliases: await readAliases(traffic, functionNames),
  });
  const record = await history.begin(operations, {
    ...originOf(environment),
    action: "merge",
    release,
    previous: release === null ? null : releaseBefore(operations, release),
    before: {},
    planDigest: null,
    confirmation,
    reason,
    continues: left?.number ?? null,
  });
  await record.attempt(async () => {
    await record.ended("merged", await merge());
  });
}
