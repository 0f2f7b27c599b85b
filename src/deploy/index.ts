/**
 * What Terraform is given.
 *
 * Takes a {@link ServicePlan}, and the digests of artifacts. Gives the variables of `terraform/stacks`
 * as plain JSON, each key as the stack's `variables.tf` has it, and the document that API Gateway makes
 * the API from. Its one rule: what the stacks are told comes from here, and they decide nothing that
 * the plan has decided already.
 */
export {
  type AccountVariables,
  accountVariables,
  type RecoveryRegionVariables,
  recoveryRegionVariables,
} from "./account-variables.ts";
export { type ArtifactVariables, artifactVariables } from "./artifact-variables.ts";
export { type BackendConfiguration, backendConfiguration } from "./backend-configuration.ts";
export { type DashboardBody, dashboardBody } from "./dashboard/index.ts";
export {
  type GatewayDocument,
  type GatewayOperation,
  gatewayDocument,
} from "./gateway-document.ts";
export type { SecurityScheme } from "./gateway-security.ts";
export {
  type AlarmVariables,
  type ApiVariables,
  type FunctionVariables,
  type ServiceVariables,
  type TableVariables,
  tfvars,
} from "./tfvars.ts";
