/**
 * Terraform, run.
 *
 * Takes the variables that `deploy` derives, and the zips of a service. Gives what a plan changes, what an
 * apply has made, and why one failed. Its one rule: what is applied is a plan that was saved, and shown,
 * and is still of what it was made of.
 */
export type { Caller } from "../aws/index.ts";
export { openAccountStack, openRecoveryRegionStack } from "./account-stack.ts";
export type { AttributeChange, Change } from "./changes.ts";
export { checkAccount } from "./check-account.ts";
export { ejectStack, isEjected } from "./eject.ts";
export { findProvider, findProviderProgram } from "./find-provider.ts";
export { findTerraform, type TerraformProgram } from "./find-terraform.ts";
export { isEmulated } from "./is-emulated.ts";
export { type DeployedArtifacts, openServiceStack, uploadArtifacts } from "./service-stack.ts";
export type { StackRun } from "./stack-run.ts";
export { importFile, tableAddress } from "./table-address.ts";
export { readStack } from "./working-copy.ts";
