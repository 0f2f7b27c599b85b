import { LambdakitError } from "../errors/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import type { Verification } from "../verify/index.ts";
import { liveDigests } from "./digests.ts";
import type { OperationRecord } from "./history/operation-record.ts";
import { type Move, moveTogether, type Traffic } from "./traffic/traffic.ts";

export interface ProveOptions {
  readonly plan: ServicePlan;
  /** Left out where nobody looks. */
  readonly verify?: (() => Promise<Verification>) | undefined;
  readonly onStep: (what: string) => void;
}

/**
 * Looks whether what was made live does what it promises, keeps what was seen as evidence, and goes back
 * where it does not, or where nobody can tell.
 *
 * @throws {LambdakitError} RELEASE_ROLLED_BACK; RELEASE_NOT_VERIFIED where there is nothing to go back to
 */
export async function prove(
  traffic: Traffic,
  { plan, verify, onStep }: ProveOptions,
  record: OperationRecord,
  moves: readonly Move[],
): Promise<Verification | undefined> {
  if (verify === undefined) {
    await record.ended("live");
    return undefined;
  }
  const seen = await verify().catch((error: Error) => error);
  if (!(seen instanceof Error)) {
    await record.verified({ digests: await liveDigests(traffic, plan), verification: seen });
    if (seen.passed) {
      onStep(`verified it with ${seen.checks.length} checks`);
      await record.ended("live");
      return seen;
    }
  }
  const why =
    seen instanceof Error ? `it could not be verified: ${seen.message}` : failuresOf(seen);
  const back = moves.filter(({ from, to }) => from !== to);
  if (back.length === 0) {
    await record.ended("live", why);
    throw new LambdakitError("RELEASE_NOT_VERIFIED", {
      message: `The release is live in ${plan.environment}, and ${why}\nThere is nothing to go back to.`,
      fix: "correct it, and deploy it again",
    });
  }
  await record.requireOwn();
  const first = ({ from }: Move) => ({ version: from, canary: null });
  await moveTogether(traffic, back, first, first);
  throw rolledBack(plan.environment, why);
}

export function rolledBack(environment: string, why: string): LambdakitError {
  return new LambdakitError("RELEASE_ROLLED_BACK", {
    message: `The release was rolled back in ${environment}: ${why}`,
    fix: "look into the log of the functions, and correct it",
  });
}

function failuresOf({ checks }: Verification): string {
  const failed = checks.filter(({ passed }) => !passed);
  const lines = failed.map(({ what, detail }) => `${what}${detail ? `: ${detail}` : ""}`);
  return ["it does not do what it promises:", ...lines].join("\n");
}
