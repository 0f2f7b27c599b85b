/** Why callers are not led to another region, each with what can be done. */
import { LambdakitError } from "../../errors/index.ts";
import type { Verification } from "../../verify/index.ts";
import type { Looked } from "./look-at.ts";

type Direction = "failover" | "failback";

/** @param releases the one of the region that callers leave, and the one of the region that they are led to */
export function behindRelease(
  direction: Direction,
  environment: string,
  { from, to }: { readonly from: string; readonly to: string },
  releases: { readonly there: string | null; readonly here: string | null },
): LambdakitError {
  const there = releases.there === null ? "" : ` ${from} has ${releases.there}.`;
  const back =
    direction === "failback" && releases.there !== null
      ? `, or lambdakit rollback --env ${environment} --to ${releases.there}`
      : "";
  return new LambdakitError("RECOVERY_OTHER_RELEASE", {
    message: `${to} has ${releases.here === null ? "no release" : `the release ${releases.here}`}.${there} Callers were not led there.`,
    fix:
      direction === "failback" && releases.here === null
        ? `lambdakit releases --env ${environment}, and bring one of them there`
        : `lambdakit dr standby --env ${environment}${back}`,
  });
}

export function notReady(
  direction: Direction,
  environment: string,
  region: string,
  faults: readonly string[],
): LambdakitError {
  return new LambdakitError("RECOVERY_NOT_READY", {
    message: `${region} does not have the data. Callers were not led there.\n${faults.join("\n")}`,
    fix:
      direction === "failover"
        ? `lambdakit status --env ${environment}; a table without a replica gets one when Terraform is applied in the primary region`
        : "wait until DynamoDB has brought it up to date, and run the command again",
  });
}

export function wouldLose(
  direction: Direction,
  { losses, from, unreachable }: Looked,
  command: string,
): LambdakitError {
  const back =
    unreachable === null
      ? "What is on its way arrives, and may meet newer writes: the last writer wins."
      : `What did not arrive is missing until ${from} is back; then it arrives, and the last writer wins.`;
  return new LambdakitError("RECOVERY_WOULD_LOSE_DATA", {
    message: `Not all that was written may be there. Callers were not led there.\n${losses.join("\n")}\n${back}`,
    fix:
      direction === "failover"
        ? `${command} --accept-data-loss, or wait and run the command again`
        : "wait, and run the command again",
  });
}

export function nameNotFound(url: string, environment: string): LambdakitError {
  const { host } = new URL(url);
  return new LambdakitError("RECOVERY_NO_RECORD", {
    message: `${host} has no failover record with a health check in its zone, so that nothing can lead it elsewhere.`,
    fix: `lambdakit promote to ${environment} again, which makes it, and then: lambdakit dr standby --env ${environment}`,
  });
}

/** @param isByName whether callers are led there already */
export function notVerified(
  direction: Direction,
  { to }: Looked,
  { url, checks }: Verification,
  isByName: boolean,
): LambdakitError {
  const failed = checks.filter(({ passed }) => !passed);
  const lines = failed.map(({ what, detail }) => `${what}${detail ? `: ${detail}` : ""}`);
  const where = isByName
    ? `${url} leads to ${to}, and does not do what it promises.`
    : `${to} does not do what it promises, at ${url}. Callers were not led there.`;
  return new LambdakitError("RECOVERY_NOT_VERIFIED", {
    message: [where, ...lines].join("\n"),
    fix:
      isByName && direction === "failover"
        ? "run the command again, which waits and asks once more; back: lambdakit dr failback"
        : "look into the log of the functions there, correct it, and run the command again",
  });
}
