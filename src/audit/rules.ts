import type { Rule } from "./rule.ts";
import {
  bucketPublic,
  bucketUnencrypted,
  bucketWithoutVersions,
} from "./rules/data/bucket-rules.ts";
import { drillMissing } from "./rules/data/drill-missing.ts";
import { logRetention } from "./rules/data/log-retention.ts";
import { stateLocal, stateUnencrypted, stateUnlocked } from "./rules/data/state-rules.ts";
import {
  backupStale,
  tableUnprotected,
  tableWithoutKey,
  tableWithoutRecovery,
} from "./rules/data/table-rules.ts";
import { topicUnencrypted } from "./rules/data/topic-unencrypted.ts";
import {
  codeOwnersMissing,
  dependabotMissing,
  notIgnored,
  preCommitMissing,
  securityPolicyMissing,
} from "./rules/files/hygiene.ts";
import { licenceMissing, licenceNotAllowed } from "./rules/files/licence.ts";
import { lockfileDiffers, lockfileMissing, lockfileUnverified } from "./rules/files/lockfile.ts";
import {
  privateFile,
  secretInFile,
  secretInHistory,
  stateInRepository,
} from "./rules/files/secrets.ts";
import { vulnerableDependency } from "./rules/files/vulnerable-dependency.ts";
import {
  alertOpen,
  alertsOff,
  pushProtectionOff,
  secretAlertOpen,
  secretScanningOff,
} from "./rules/github/alert-rules.ts";
import { branchRules } from "./rules/github/branch-rules.ts";
import { environmentRules } from "./rules/github/environment-rules.ts";
import {
  actionsMayApprove,
  actionsUnrestricted,
  repositoryPublic,
  storedKey,
  tokenMayWrite,
} from "./rules/github/repository-rules.ts";
import { accountDiffers } from "./rules/manifest/account-differs.ts";
import { backupShort } from "./rules/manifest/backup-short.ts";
import { corsCredentials } from "./rules/manifest/cors-credentials.ts";
import { generatedDiffers } from "./rules/manifest/generated-differs.ts";
import { publicWrite } from "./rules/manifest/public-write.ts";
import { runtimeEnd } from "./rules/manifest/runtime-end.ts";
import { secretInVariable } from "./rules/manifest/secret-in-variable.ts";
import { sharedAccount } from "./rules/manifest/shared-account.ts";
import { wildcardPermission } from "./rules/manifest/wildcard-permission.ts";
import { publicFunction } from "./rules/trust/public-function.ts";
import { roleWithoutBoundary } from "./rules/trust/role-without-boundary.ts";
import { userKey } from "./rules/trust/user-key.ts";
import { wideTrust } from "./rules/trust/wide-trust.ts";
import { workflowRules } from "./rules/workflows/other-workflows.ts";

/** Everything that is looked for, in the order of docs/reference/audit.md. */
export const rules: readonly Rule[] = [
  secretInFile,
  secretInHistory,
  privateFile,
  stateInRepository,
  lockfileMissing,
  lockfileDiffers,
  lockfileUnverified,
  vulnerableDependency,
  licenceMissing,
  licenceNotAllowed,
  dependabotMissing,
  preCommitMissing,
  codeOwnersMissing,
  securityPolicyMissing,
  notIgnored,
  publicWrite,
  corsCredentials,
  wildcardPermission,
  secretInVariable,
  runtimeEnd,
  sharedAccount,
  generatedDiffers,
  accountDiffers,
  tableWithoutRecovery,
  tableUnprotected,
  tableWithoutKey,
  backupStale,
  backupShort,
  drillMissing,
  logRetention,
  bucketPublic,
  bucketWithoutVersions,
  bucketUnencrypted,
  stateUnlocked,
  stateUnencrypted,
  stateLocal,
  topicUnencrypted,
  wideTrust,
  userKey,
  roleWithoutBoundary,
  publicFunction,
  repositoryPublic,
  ...branchRules,
  ...environmentRules,
  tokenMayWrite,
  actionsMayApprove,
  actionsUnrestricted,
  storedKey,
  alertsOff,
  alertOpen,
  secretScanningOff,
  pushProtectionOff,
  secretAlertOpen,
  ...workflowRules,
];
