/** What an environment's history says. All of these take the operations newest first. */
import type { Operation, Verified } from "./operation.ts";
import { noRestoreSteps, type RestoreSteps, restoreStepNames } from "./restore-steps.ts";

type Operations = readonly Operation[];

/** What was begun and did not come to its end: it may have left things half-way. */
export function unfinished([newest]: Operations): Operation | undefined {
  if (newest === undefined) return undefined;
  const { ended } = newest;
  const hasEnd = ended !== null && ended.outcome !== "abandoned" && ended.outcome !== "failed";
  return hasEnd ? undefined : newest;
}

/** The release that was made live last. */
export function liveRelease(operations: Operations): string | null {
  return sinceDestroyed(operations).find(isLive)?.started.release ?? null;
}

/** The release that was live before another one; null where there was none. */
export function releaseBefore(operations: Operations, release: string): string | null {
  return (
    sinceDestroyed(operations).find((one) => isLive(one) && one.started.release === release)
      ?.started.previous ?? null
  );
}

/** How far a restore has come, with what was done of it before it was carried on with. */
export function restoreOf(operations: Operations, { restore, started }: Operation): RestoreSteps {
  const before = operations.find(({ number }) => number === started.continues);
  const earlier =
    before?.started.action === "restore" ? restoreOf(operations, before) : noRestoreSteps;
  return Object.fromEntries(
    restoreStepNames.map((name) => [name, restore?.[name] ?? earlier[name]]),
  ) as unknown as RestoreSteps;
}

/** The versions that are a release's, by the function's name; nothing where it never was here. */
export function versionsOf(
  operations: Operations,
  release: string,
): Readonly<Record<string, string>> | undefined {
  return publicationOf(operations, release)?.applied?.versions;
}

/** The operation that a release's versions are of; nothing where it never was here. */
export function publicationOf(operations: Operations, release: string): Operation | undefined {
  return sinceDestroyed(operations).find(
    ({ started, applied }) => started.release === release && applied !== null,
  );
}

/** Where the API answers; null where it has none, or was never deployed. */
export function deployedUrl(operations: Operations): string | null {
  return sinceDestroyed(operations).find(({ applied }) => applied !== null)?.applied?.url ?? null;
}

/** What is known of a release in an environment, as the last word of it. */
export type Standing =
  | { readonly is: "verified"; readonly verified: Verified; readonly operation: Operation }
  | { readonly is: "failed"; readonly verified: Verified; readonly operation: Operation }
  | { readonly is: "rolled-back"; readonly operation: Operation; readonly why: string | null }
  | { readonly is: "not-verified" };

/** Whether a release has proven itself. Evidence counts for no longer than until somebody goes back from it. */
export function standingOf(operations: Operations, release: string): Standing {
  for (const operation of operations) {
    const { started, verified, ended } = operation;
    const isOfIt = started.release === release;
    const leavesIt = started.action === "rollback" && started.previous === release && !isOfIt;
    if (leavesIt || (isOfIt && ended?.outcome === "rolled-back")) {
      const why = leavesIt ? started.reason : (ended?.why ?? null);
      return { is: "rolled-back", operation, why };
    }
    if (isOfIt && verified !== null) {
      return { is: verified.verification.passed ? "verified" : "failed", verified, operation };
    }
  }
  return { is: "not-verified" };
}

/** What was destroyed has no versions any more, and neither has what was before it. */
function sinceDestroyed(operations: Operations): Operations {
  const end = operations.findIndex(({ ended }) => ended?.outcome === "destroyed");
  return end === -1 ? operations : operations.slice(0, end);
}

function isLive({ ended }: Operation): boolean {
  return ended?.outcome === "live";
}
