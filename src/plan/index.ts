/**
 * What a service is in one environment.
 *
 * Takes a manifest and an environment's name. Gives a {@link ServicePlan}: plain JSON with every name,
 * ARN, permission and threshold resolved. Its one rule: it is pure, and the same manifest gives the
 * same bytes.
 */
export { runbookFile, runbookFolder } from "./alarms/runbook-words.ts";
export { keyNames } from "./key-names.ts";
export {
  onlyPermission,
  type Permission,
  permissionsOf,
  withoutPermission,
} from "./permissions.ts";
export { placeName } from "./place-name.ts";
export { type PlanOptions, planService } from "./plan-service.ts";
export { type PolicyDocument, policyDocument } from "./policy-document.ts";
export { encodePathParameters, routePath } from "./route-path.ts";
export { standbyPlan } from "./standby-plan.ts";
export type * from "./types.ts";
export { type TableNamesByKey, withTableNames } from "./with-table-names.ts";
