import type { ServicePlan } from "../plan/index.ts";
import type { Verification } from "../verify/index.ts";
import { liveDigests } from "./digests.ts";
import { originOf, type ReleaseEnvironment } from "./environment.ts";
import { liveRelease, releaseBefore } from "./history/state.ts";
import { isBetween, leftBehind } from "./require-free.ts";
import { holdsOthersBack } from "./require-no-restore.ts";
import { readAliases } from "./traffic/traffic.ts";

/**
 * Verifies what is live, and keeps what was seen as evidence for it.
 *
 * @returns the release that it is evidence for; null where none is live, and nothing is kept
 * @throws {LambdakitError} RELEASE_BUSY
 */
export async function recordVerification(
  environment: ReleaseEnvironment,
  plan: Pick<ServicePlan, "functions">,
  verify: () => Promise<Verification>,
): Promise<{ readonly release: string | null; readonly verification: Verification }> {
  const { history, traffic, place } = environment;
  const operations = await history.read();
  const left = leftBehind(operations, environment.environment, place);
  const names = plan.functions.map(({ name }) => name);
  const isRestored = left !== undefined && holdsOthersBack(operations, left);
  const isSplit = left !== undefined && isBetween(left, await readAliases(traffic, names));
  const release = liveRelease(operations);
  // Where requests get one release or the other, this is evidence for neither, and would hide what was cut off.
  if (release === null || isSplit || isRestored)
    return { release: null, verification: await verify() };
  const record = await history.begin(operations, {
    ...originOf(environment),
    action: "verify",
    release,
    previous: releaseBefore(operations, release),
    before: {},
    planDigest: null,
    confirmation: null,
    reason: null,
    continues: null,
  });
  return record.attempt(async () => {
    const verification = await verify();
    await record.verified({ digests: await liveDigests(traffic, plan), verification });
    await record.ended("verified");
    return { release, verification };
  });
}
