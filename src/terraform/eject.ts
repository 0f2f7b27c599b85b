import path from "node:path";
import { LambdakitError } from "../errors/index.ts";
import { fileExists } from "../system/index.ts";
import { copyStack } from "./working-copy.ts";

/** Where a service has Terraform of its own. */
export function ownTerraform(directory: string): string {
  return path.join(directory, "terraform");
}

/** Whether a service has a copy of the stack of its own, which is then the one that is applied. */
export function isEjected(directory: string): boolean {
  return fileExists(path.join(ownTerraform(directory), "stacks", "service", "main.tf"));
}

/**
 * Copies the stack of a service and its modules beside the service, to be changed there and kept.
 *
 * @returns the folder of the stack
 * @throws {LambdakitError} DEPLOY_EJECTED where there is one: somebody may have changed it
 */
export async function ejectStack(directory: string): Promise<string> {
  if (isEjected(directory)) {
    throw new LambdakitError("DEPLOY_EJECTED", {
      message: "The service has a copy of the stack of its own already.",
      fix: "keep it; or delete terraform/stacks and terraform/modules to go back to lambdakit's",
      at: path.join(ownTerraform(directory), "stacks", "service"),
    });
  }
  const copy = await copyStack(ownTerraform(directory), "service", { emulated: false });
  return copy.directory;
}
