import { originOf, type ReleaseEnvironment } from "./environment.ts";
import { liveRelease } from "./history/state.ts";
import { leftBehind } from "./require-free.ts";
import { requireNoRestore } from "./require-no-restore.ts";

/**
 * Destroys an environment, and writes down that nothing is live there any more, and no version is left.
 *
 * @throws {LambdakitError} RELEASE_BUSY, RELEASE_UNFINISHED, or what `destroy` throws
 */
export async function recordDestruction(
  environment: ReleaseEnvironment,
  destroy: () => Promise<void>,
): Promise<void> {
  const { history, place } = environment;
  const operations = await history.read();
  const left = leftBehind(operations, environment.environment, place);
  requireNoRestore(operations, environment.environment, left);
  const live = liveRelease(operations);
  const record = await history.begin(operations, {
    ...originOf(environment),
    action: "destroy",
    release: live,
    previous: live,
    before: {},
    planDigest: null,
    confirmation: "destroy",
    reason: null,
    continues: left?.number ?? null,
  });
  await record.attempt(async () => {
    await destroy();
    await environment.tables.forget(record.number);
    await record.ended("destroyed");
  });
}
