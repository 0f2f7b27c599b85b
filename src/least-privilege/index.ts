/**
 * Which permissions of a service's functions are needed, as its own tests have it.
 *
 * Takes what the functions may do, and something that runs the tests. Gives an {@link Audit}: of each permission whether a
 * test fails without it. Its one rule: nothing is called needed that was not taken away, and missed.
 */
export {
  type Audit,
  type AuditedPermission,
  type AuditOptions,
  auditPermissions,
  isSurvivor,
  type Verdict,
} from "./audit-permissions.ts";
export { listPermissions } from "./list-permissions.ts";
export { npmTests } from "./npm-tests.ts";
export type { RunTests, TestRun, TestsToRun } from "./run-tests.ts";
