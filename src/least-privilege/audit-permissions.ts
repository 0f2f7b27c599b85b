import { availableParallelism } from "node:os";
import path from "node:path";
import { LambdakitError } from "../errors/index.ts";
import { type PermissionSighting, permissionVariables } from "../names.ts";
import type { Permission, ServicePlan } from "../plan/index.ts";
import { realFolder, slashed } from "../system/index.ts";
import { listPermissions, notHeld } from "./list-permissions.ts";
import { type RunTests, runRecorded, type TestRun } from "./run-tests.ts";

/**
 * What was found of a permission.
 *
 * - `needed`: tests fail without it, and it is what they miss.
 * - `unused`: no test makes a call that it allows.
 * - `covered`: tests make calls that it allows, and other permissions allow all of them, too.
 * - `unnoticed`: a call is refused without it, and no test fails.
 * - `unclear`: tests fail without it, but no call was refused.
 * - `not-held`: nothing here holds calls against it, so that no test could miss it.
 */
export type Verdict = "needed" | "unused" | "covered" | "unnoticed" | "unclear" | "not-held";

export interface AuditedPermission extends Permission {
  readonly verdict: Verdict;
  /** The tests that make calls which need it: files, from the service's folder. */
  readonly tests: readonly string[];
  /** Why a test cannot say; null where it can. */
  readonly reason: string | null;
}

export interface Audit {
  readonly permissions: readonly AuditedPermission[];
  /** How often tests were run. */
  readonly runs: number;
}

export interface AuditOptions {
  readonly plan: Pick<ServicePlan, "functions">;
  /** The service's folder. */
  readonly service: string;
  readonly runTests: RunTests;
  readonly interrupted?: AbortSignal;
  /** How many runs of tests at once. @default as many as there are processors, up to 4 */
  readonly parallel?: number;
  /** Called when all that is going to be run is known. */
  readonly onPlan?: (permissions: number, runs: number) => void;
  readonly onVerdict?: (permission: AuditedPermission) => void;
}

/** A permission that no test needs. */
export function isSurvivor({ verdict }: Pick<AuditedPermission, "verdict">): boolean {
  return verdict !== "needed" && verdict !== "not-held";
}

/**
 * Runs all tests once and sees which permission each of them needs; then, for each permission, those tests once more
 * without it. What no call needed is not run again: taking it away would have changed nothing.
 *
 * @throws {LambdakitError} PERMISSIONS_TESTS_FAIL, PERMISSIONS_NOT_ASKED, PERMISSIONS_INTERRUPTED
 */
export async function auditPermissions(options: AuditOptions): Promise<Audit> {
  const { plan, service, runTests, interrupted, onPlan = () => {}, onVerdict = () => {} } = options;
  const permissions = listPermissions(plan);
  const folder = realFolder(service);
  let runs = 0;
  const run = async (files: readonly string[], variables: Readonly<Record<string, string>>) => {
    stopIfInterrupted(interrupted);
    runs += 1;
    const name = `permissions-${process.pid}-${runs}.jsonl`;
    const record = path.join(folder, ".lambdakit", name);
    const ran = await runRecorded(runTests, record, { files, variables, interrupted });
    // What was cut off says nothing.
    stopIfInterrupted(interrupted);
    return ran;
  };
  const { sightings } = requireUsable(await run([], {}));
  const use = new Use(sightings);
  const toRun = permissions.filter(({ id }) => use.isNeeded(id));
  onPlan(permissions.length, toRun.length);

  const judge = async (permission: Permission): Promise<AuditedPermission> => {
    const reason = notHeld(permission);
    const { id } = permission;
    const tests = use.testsOf(id);
    const known = { ...permission, tests: tests.map((test) => fromService(folder, test)), reason };
    if (reason !== null) return { ...known, verdict: "not-held" };
    if (!use.isNeeded(id)) return { ...known, verdict: use.isCovered(id) ? "covered" : "unused" };
    let verdict: Verdict = "unnoticed";
    for (const files of use.isKnown(id) ? inTurn(tests) : [[]]) {
      verdict = verdictOf(await run(files, { [permissionVariables.without]: id }));
      if (verdict !== "unnoticed") break;
    }
    return { ...known, verdict };
  };
  const audited = await inParallel(permissions, options.parallel ?? usualParallel, async (one) => {
    const verdict = await judge(one);
    onVerdict(verdict);
    return verdict;
  });
  return { permissions: audited, runs };
}

/** The most special test first, alone: where it fails, the others need not run. */
function inTurn([first = "", ...others]: readonly string[]): string[][] {
  return others.length === 0 ? [[first]] : [[first], others];
}

/** What a test run says of the permission that it had to do without. */
function verdictOf({ passed, sightings }: TestRun): Verdict {
  if (passed) return "unnoticed";
  return sightings.some(({ seen }) => seen === "removed") ? "needed" : "unclear";
}

/** What was recorded, asked by permission. */
class Use {
  readonly #sightings: readonly PermissionSighting[];

  constructor(sightings: readonly PermissionSighting[]) {
    this.#sightings = sightings;
  }

  isNeeded(id: string): boolean {
    return this.#of(id, "needed").length > 0;
  }

  isCovered(id: string): boolean {
    return this.#of(id, "covered").length > 0;
  }

  /** The files whose tests need it, as far as they are known; first those that need the fewest permissions. */
  testsOf(id: string): string[] {
    const tests = this.#of(id, "needed").flatMap(({ test }) => (test === null ? [] : [test]));
    return [...new Set(tests)].sort(
      (one, other) => this.#breadth(one) - this.#breadth(other) || (one < other ? -1 : 1),
    );
  }

  /** Whether all that need it are known. */
  isKnown(id: string): boolean {
    return this.#of(id, "needed").every(({ test }) => test !== null);
  }

  #breadth(file: string): number {
    return this.#sightings.filter(({ test, seen }) => test === file && seen === "needed").length;
  }

  #of(id: string, wanted: PermissionSighting["seen"]): PermissionSighting[] {
    return this.#sightings.filter(({ permission, seen }) => permission === id && seen === wanted);
  }
}

function requireUsable(run: TestRun): TestRun {
  if (!run.passed) {
    throw new LambdakitError("PERMISSIONS_TESTS_FAIL", {
      message: `The service's tests fail with all permissions. They say at the end:\n${run.output.trimEnd().split("\n").slice(-20).join("\n")}`,
      fix: "make the tests pass, then run it again",
    });
  }
  if (run.sightings.length === 0) {
    throw new LambdakitError("PERMISSIONS_NOT_ASKED", {
      message:
        "The service's tests pass, and none of them has started the service with startLocalService: where a test calls a handler itself, no policy decides.",
      fix: "test over HTTP with startLocalService of lambdakit/testing",
    });
  }
  return run;
}

function stopIfInterrupted(interrupted: AbortSignal | undefined): void {
  if (!interrupted?.aborted) return;
  throw new LambdakitError("PERMISSIONS_INTERRUPTED", {
    message:
      "You have interrupted it. Nothing is left behind, and nothing is known of what was not asked yet.",
    fix: "lambdakit audit iam --minimal, once more",
  });
}

function fromService(folder: string, file: string): string {
  return slashed(path.relative(folder, file));
}

/** Each run takes a processor for most of its time. */
const usualParallel = Math.min(4, availableParallelism());

/** Results in the order of the items, by some workers at once. The first failure is everybody's, once all have ended. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  workers: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = [...items.entries()];
  const take = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, item] = next;
      try {
        results[index] = await work(item);
      } catch (error) {
        left.length = 0;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: workers }, take));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
  return results;
}
