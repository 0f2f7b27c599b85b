/**
 * Releases: what is live, since when, by whose word, and the way back.
 *
 * Takes artifacts with their digests, service plans, and an environment's bucket, aliases and alarms. Gives
 * records that are written once, promotions of the same bytes, traffic that moves together, and rollbacks.
 * Its one rule: what is written down was done before, and what is live is asked of AWS.
 */
export { type BringLiveOptions, bringLive } from "./bring-live.ts";
export { type Consent, requireConsent } from "./consent.ts";
export { copyRelease } from "./copy-release.ts";
export { type DeployOptions, deployRelease } from "./deploy.ts";
export {
  type Aspect,
  aspects,
  type Difference,
  differences,
} from "./differences.ts";
export { digestsOf, liveDigests, requireDigests } from "./digests.ts";
export {
  originOf,
  type ReleaseAccount,
  type ReleaseEnvironment,
  type ReleaseStack,
} from "./environment.ts";
export { History } from "./history/history.ts";
export { isHeld } from "./history/is-held.ts";
export type { Action, Moved, Operation } from "./history/operation.ts";
export type { OperationRecord } from "./history/operation-record.ts";
export {
  noRestoreSteps,
  type RestoreChoice,
  type RestoreSteps,
  restoreStepNames,
} from "./history/restore-steps.ts";
export {
  deployedUrl,
  liveRelease,
  releaseBefore,
  restoreOf,
  type Standing,
  standingOf,
  unfinished,
  versionsOf,
} from "./history/state.ts";
export { isSettled } from "./is-settled.ts";
export { filesByNumber, numberText } from "./numbered.ts";
export type { ObjectStore } from "./object-store.ts";
export { openEnvironment, openPrevious, openStore, openTables } from "./open-environment.ts";
export { before } from "./order.ts";
export { type Origin, type Place, placeText } from "./origin.ts";
export { planDigest } from "./plan-digest.ts";
export {
  type PlannedPromotion,
  type PlannedStack,
  type PromoteOptions,
  type Promotion,
  promoteRelease,
  requireProven,
  requireStack,
  wayBack,
} from "./promote.ts";
export { recordDestruction } from "./record-destruction.ts";
export { recordMerge } from "./record-merge.ts";
export { recordVerification } from "./record-verification.ts";
export {
  type Commit,
  createRelease,
  type Release,
  type ReleaseContents,
  type ReleaseView,
} from "./release.ts";
export { type ReleaseDocuments, Releases } from "./releases.ts";
export { leftBehind, requireFree } from "./require-free.ts";
export { requireNoRestore } from "./require-no-restore.ts";
export { planRollback, type Rollback, rollBack } from "./roll-back.ts";
export {
  type RestoredTable,
  type SwitchedTables,
  TableNames,
  type TableSwitch,
} from "./table-names.ts";
export { TableRecords } from "./table-records.ts";
export { allAtOnce, type CanaryStep, canaryText, parseCanary } from "./traffic/canary.ts";
export { type Move, moveTogether, readAliases, type Traffic } from "./traffic/traffic.ts";
export { missingOn, type Way } from "./way.ts";
