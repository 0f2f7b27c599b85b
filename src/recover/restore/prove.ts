import { LambdakitError } from "../../errors/index.ts";
import { liveDigests } from "../../release/index.ts";
import type { Verification } from "../../verify/index.ts";
import type { RestoreRun } from "./restore-run.ts";

/**
 * Looks whether the service does what it promises with the restored table. It never goes back: the table before was lost
 * or damaged.
 *
 * @throws {LambdakitError} RELEASE_NOT_VERIFIED
 */
export async function prove(
  { environment, planned, record, options }: RestoreRun,
  url: string | null,
): Promise<Verification | undefined> {
  if (options.verify === undefined) return undefined;
  const verification = await options.verify(url);
  const digests = await liveDigests(environment.traffic, planned.view.plan);
  await record.verified({ digests, verification });
  if (verification.passed) {
    options.onStep(`verified it with ${verification.checks.length} checks`);
    return verification;
  }
  const failed = verification.checks.filter(({ passed }) => !passed);
  const lines = failed.map(({ what, detail }) => `${what}${detail ? `: ${detail}` : ""}`);
  throw new LambdakitError("RELEASE_NOT_VERIFIED", {
    message: `The table is restored and in use, and the service does not do what it promises:\n${lines.join("\n")}`,
    fix: `lambdakit logs --env ${planned.view.plan.environment} --since 15m`,
  });
}
