/**
 * Exit codes of every command. 64, 69 and 77 are those of `sysexits.h`.
 */
export const exitCodes = {
  ok: 0,
  failure: 1,
  /** Nothing failed, but there are differences or findings. */
  differences: 2,
  usage: 64,
  unreachable: 69,
  notAllowed: 77,
  interrupted: 130,
} as const;

/** Each failure's code, and the exit code that it ends a command with. */
export const errorCodes = {
  CLI_UNKNOWN_COMMAND: exitCodes.usage,
  CLI_UNKNOWN_OPTION: exitCodes.usage,
  CLI_BAD_VALUE: exitCodes.usage,
  CLI_UNEXPECTED_ARGUMENT: exitCodes.usage,

  MANIFEST_NOT_FOUND: exitCodes.usage,
  MANIFEST_NOT_LOADED: exitCodes.failure,
  MANIFEST_INVALID: exitCodes.failure,

  ADOPT_NOT_FOUND: exitCodes.usage,
  ADOPT_UNKNOWN_FORMAT: exitCodes.usage,
  ADOPT_UNREADABLE: exitCodes.failure,
  ADOPT_EXISTS: exitCodes.usage,
  ADOPT_NOT_WRITTEN: exitCodes.failure,

  NEW_INVALID: exitCodes.usage,
  NEW_FOLDER_NOT_EMPTY: exitCodes.usage,
  NEW_NOT_EDITABLE: exitCodes.usage,
  NEW_NOT_WRITTEN: exitCodes.failure,
  NEW_INTERRUPTED: exitCodes.interrupted,

  EXPLAIN_UNKNOWN_NAME: exitCodes.usage,
  SCHEMA_UNKNOWN: exitCodes.usage,

  RECOVERY_NO_STANDBY: exitCodes.usage,
  RECOVERY_OTHER_REGION: exitCodes.usage,
  RECOVERY_OTHER_MANIFEST: exitCodes.failure,
  RECOVERY_OTHER_RELEASE: exitCodes.notAllowed,
  RECOVERY_NOT_READY: exitCodes.failure,
  RECOVERY_WOULD_LOSE_DATA: exitCodes.notAllowed,
  RECOVERY_NO_RECORD: exitCodes.failure,
  RECOVERY_NOT_VERIFIED: exitCodes.failure,
  RECOVERY_INTERRUPTED: exitCodes.interrupted,

  COST_NO_PRICES: exitCodes.failure,
  COST_NO_ROUTES: exitCodes.failure,

  AUDIT_BASELINE_INVALID: exitCodes.usage,

  BUNDLE_FAILED: exitCodes.failure,

  GENERATE_UNREADABLE: exitCodes.failure,
  GENERATE_NOT_WRITTEN: exitCodes.failure,
  ARTIFACT_INVALID: exitCodes.failure,

  PACKAGE_REFUSED: exitCodes.failure,
  PACKAGE_NOT_WRITTEN: exitCodes.failure,
  PACKAGE_UNKNOWN_MODULE: exitCodes.usage,
  PACKAGE_CODE_CACHE: exitCodes.failure,

  DEV_PORT_IN_USE: exitCodes.failure,
  DEV_ALREADY_RUNNING: exitCodes.failure,
  DEV_SAMPLE_DATA: exitCodes.failure,
  DEV_NOT_EMULATED: exitCodes.failure,
  DEV_RUNTIME_NOT_FOUND: exitCodes.failure,
  DEV_ISSUER_KEY: exitCodes.failure,

  LOCAL_SECRETS: exitCodes.failure,

  ENGINE_NOT_STARTED: exitCodes.unreachable,
  ENGINE_UNREACHABLE: exitCodes.unreachable,
  TABLE_DIFFERS: exitCodes.failure,

  MCP_NOT_OFFERED: exitCodes.notAllowed,

  POLICY_INVALID: exitCodes.failure,
  ALARM_INVALID: exitCodes.failure,

  AWS_NO_CREDENTIALS: exitCodes.notAllowed,
  AWS_CREDENTIALS_EXPIRED: exitCodes.notAllowed,
  AWS_CREDENTIALS_UNKNOWN: exitCodes.notAllowed,
  AWS_REGION_NOT_ENABLED: exitCodes.notAllowed,
  AWS_WRONG_ACCOUNT: exitCodes.notAllowed,
  AWS_NOT_ALLOWED: exitCodes.notAllowed,
  AWS_UNREACHABLE: exitCodes.unreachable,
  AWS_THROTTLED: exitCodes.unreachable,
  AWS_UNAVAILABLE: exitCodes.unreachable,
  AWS_FAILED: exitCodes.failure,

  TERRAFORM_NOT_FOUND: exitCodes.failure,
  TERRAFORM_VERSION: exitCodes.failure,
  TERRAFORM_NO_PROVIDER: exitCodes.unreachable,
  TERRAFORM_LOCKED: exitCodes.failure,
  TERRAFORM_EXISTS_ALREADY: exitCodes.failure,
  TERRAFORM_NOT_BOOTSTRAPPED: exitCodes.failure,
  TERRAFORM_FAILED: exitCodes.failure,

  DEPLOY_NOT_CONFIRMED: exitCodes.notAllowed,
  DEPLOY_LOSES_DATA: exitCodes.notAllowed,
  DEPLOY_PROTECTED: exitCodes.notAllowed,
  DEPLOY_NO_SAVED_PLAN: exitCodes.usage,
  DEPLOY_PLAN_STALE: exitCodes.failure,
  DEPLOY_EJECTED: exitCodes.failure,
  EJECT_DONE: exitCodes.failure,
  EJECT_REFUSED: exitCodes.notAllowed,
  EJECT_NOT_WRITTEN: exitCodes.failure,
  DEPLOY_INTERRUPTED: exitCodes.interrupted,
  DEPLOY_FROM_SOURCE: exitCodes.notAllowed,

  SECRET_UNKNOWN: exitCodes.usage,
  SECRET_NO_VALUE: exitCodes.usage,
  SECRET_TOO_LARGE: exitCodes.usage,
  SECRET_IN_USE: exitCodes.notAllowed,
  SECRET_MISSING: exitCodes.failure,

  RELEASE_UNKNOWN: exitCodes.usage,
  RELEASE_DAMAGED: exitCodes.failure,
  RELEASE_ORDER: exitCodes.usage,
  RELEASE_NONE_LIVE: exitCodes.failure,
  RELEASE_NOT_PROVEN: exitCodes.notAllowed,
  RELEASE_STACK_DIFFERS: exitCodes.failure,
  RELEASE_PLAN_CHANGED: exitCodes.notAllowed,
  RELEASE_BUSY: exitCodes.failure,
  RELEASE_UNFINISHED: exitCodes.failure,
  RELEASE_TAKEN_OVER: exitCodes.failure,
  RELEASE_DIGEST_DIFFERS: exitCodes.failure,
  RELEASE_CANARY_INVALID: exitCodes.usage,
  RELEASE_ROLLED_BACK: exitCodes.failure,
  RELEASE_NOT_VERIFIED: exitCodes.failure,
  RELEASE_NOTHING_BEFORE: exitCodes.usage,
  RELEASE_NOT_HERE: exitCodes.usage,
  RELEASE_OTHER_TABLE: exitCodes.notAllowed,

  MERGE_NO_TABLE: exitCodes.usage,
  MERGE_TABLE_GONE: exitCodes.failure,

  RESTORE_NO_POINT: exitCodes.usage,
  RESTORE_NO_BACKUP: exitCodes.usage,
  RESTORE_OUT_OF_RANGE: exitCodes.usage,
  RESTORE_NO_TABLE: exitCodes.usage,
  RESTORE_NOT_OURS: exitCodes.notAllowed,
  RESTORE_TARGET_TAKEN: exitCodes.failure,
  RESTORE_LIMIT: exitCodes.failure,
  RESTORE_FAILED: exitCodes.failure,
  RESTORE_PLAN_NOT_EMPTY: exitCodes.failure,

  REBUILD_NOT_EMPTY: exitCodes.notAllowed,
  REBUILD_NO_DATA: exitCodes.notAllowed,
  REBUILD_NO_SOURCE: exitCodes.usage,

  DRILL_NOT_WELL: exitCodes.failure,
  DRILL_UNFINISHED: exitCodes.failure,
  DRILL_REFUSED: exitCodes.notAllowed,
  DRILL_INTERRUPTED: exitCodes.interrupted,

  REHEARSAL_NO_EMULATOR: exitCodes.failure,

  OBSERVE_UNKNOWN_FUNCTION: exitCodes.usage,
  OBSERVE_UNKNOWN_ALARM: exitCodes.usage,

  INVOKE_UNKNOWN_EVENT: exitCodes.usage,
  INVOKE_PAYLOAD_INVALID: exitCodes.usage,
  INVOKE_PAYLOAD_TOO_LARGE: exitCodes.usage,
  INVOKE_NOT_THERE: exitCodes.failure,
  INVOKE_NOT_RUNNING: exitCodes.unreachable,

  VERIFY_NO_URL: exitCodes.usage,
  VERIFY_UNREACHABLE: exitCodes.unreachable,
  VERIFY_INTERRUPTED: exitCodes.interrupted,

  PERMISSIONS_NO_SCRIPT: exitCodes.usage,
  PERMISSIONS_TESTS_FAIL: exitCodes.failure,
  PERMISSIONS_NOT_ASKED: exitCodes.failure,
  PERMISSIONS_INTERRUPTED: exitCodes.interrupted,

  LOGS_NO_GROUP: exitCodes.failure,
  LOGS_QUERY_REFUSED: exitCodes.usage,
  LOGS_QUERY_FAILED: exitCodes.failure,

  INTERNAL: exitCodes.failure,
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** Each problem that a manifest or an artifact can have, and what it means in one line. */
export const problemCodes = {
  MANIFEST_UNKNOWN_KEY: "a key that the manifest does not know",
  MANIFEST_MISSING_KEY: "a key that has to be there is not",
  MANIFEST_WRONG_TYPE: "a value of the wrong type",
  MANIFEST_UNKNOWN_VALUE: "a value that is none of those allowed",
  MANIFEST_OUT_OF_RANGE: "a number outside its limits",
  MANIFEST_BAD_FORM: "a text that is not of the form it has to have",
  MANIFEST_NAME_TOO_LONG: "a name, once put together, that is longer than AWS allows",
  MANIFEST_NAME_TAKEN: "two things that would get the same name",
  MANIFEST_NAME_RESERVED: "a name that the account's own roles have, or the authorizer",
  MANIFEST_UNKNOWN_TABLE: "a table that the manifest does not declare",
  MANIFEST_UNKNOWN_INDEX: "an index that the table does not have",
  MANIFEST_UNKNOWN_SECRET: "a secret that the manifest does not declare",
  MANIFEST_UNKNOWN_FUNCTION: "a function that the manifest does not declare",
  MANIFEST_ROUTE_TAKEN: "a route that two functions claim",
  MANIFEST_ROUTE_CONFLICT: "two routes that name the same path segment differently",
  MANIFEST_NO_AUTH: "a route that does not say who may call it",
  MANIFEST_AUTH_UNUSED: "something said of routes that the function does not have",
  MANIFEST_NO_ISSUER: "scopes, in an environment that does not say whose tokens have them",
  MANIFEST_KEY_CONFLICT: "one attribute that is a key of two types",
  MANIFEST_INDEX_ACTION: "an operation that DynamoDB does not have on an index",
  MANIFEST_EXAMPLE: "an example that does not fit its routes",
  MANIFEST_SCHEMA: "a schema that JSON Schema cannot state, or something that is no schema",
  MANIFEST_SCHEMA_UNUSED: "a schema of something that no route of the function has",
  MANIFEST_UNPROTECTED_PRODUCTION: "a prod that can be changed without a reason",
  MANIFEST_RECOVERY_REGION: "a recovery region that is the region itself",
  MANIFEST_RECOVERY_TIME: "a recovery time that the name of the API cannot be moved within",
  MANIFEST_DOMAIN: "a name for the API that could not move, or that nobody could tell when to move",
  MANIFEST_RECOVERY_POINT: "a recovery point that no restore reaches",
  MANIFEST_CODE_CACHE: "a code cache for a runtime that would not take it",
  MANIFEST_FILE_NOT_FOUND: "a file that the manifest names is not there",

  PACKAGE_NO_HANDLER: "a function's file that does not export its handler",
  PACKAGE_CIRCULAR_IMPORT: "files that import each other in a circle",
  PACKAGE_DEV_DEPENDENCY: "a development dependency inside an artifact",
  PACKAGE_UNLISTED: "a package inside an artifact that no package.json lists",
  PACKAGE_SECRET: "what looks like a secret, inside an artifact",
  PACKAGE_TOO_LARGE: "an artifact that is larger than it may be",
} as const;

export type ProblemCode = keyof typeof problemCodes;
