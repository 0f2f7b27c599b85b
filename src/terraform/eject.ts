import path from "node:path";
import { backendConfiguration } from "../deploy/index.ts";
import { LambdakitError } from "../errors/index.ts";
import { placeName, type ServicePlan } from "../plan/index.ts";
import { fileExists } from "../system/index.ts";
import { copyStack } from "./working-copy.ts";

/** Where a service has Terraform of its own. */
export function ownTerraform(directory: string): string {
  return path.join(directory, "terraform");
}

/** Where Terraform runs for one environment of a service, by its {@link placeName}. */
export function workingFolder(directory: string, place: string): string {
  return path.join(directory, ".lambdakit", "terraform", place);
}

/** Whether a service has a copy of the stack of its own, which is then the one that is applied. */
export function isEjected(directory: string): boolean {
  return fileExists(path.join(ownTerraform(directory), "stacks", "service", "main.tf"));
}

/** What to type in an ejected stack, to run Terraform without lambdakit. */
export interface PlainCommands {
  /** Or where it stands by: its {@link placeName}. */
  readonly environment: string;
  readonly init: string;
  /** After `lambdakit plan`, which says what the artifacts are. */
  readonly plan: string;
}

export interface EjectedStack {
  readonly directory: string;
  readonly commands: readonly PlainCommands[];
}

/**
 * Copies the stack of a service and its modules beside the service, to be changed there and kept.
 *
 * @param plans of each environment
 * @throws {LambdakitError} DEPLOY_EJECTED where there is one: somebody may have changed it
 */
export async function ejectStack(
  directory: string,
  plans: readonly ServicePlan[],
): Promise<EjectedStack> {
  if (isEjected(directory)) {
    throw new LambdakitError("DEPLOY_EJECTED", {
      message: "The service has a copy of the stack of its own already.",
      fix: "keep it; or delete terraform/stacks and terraform/modules to go back to lambdakit's",
      at: path.join(ownTerraform(directory), "stacks", "service"),
    });
  }
  const copy = await copyStack(ownTerraform(directory), "service", { emulated: false });
  return {
    directory: copy.directory,
    commands: plans.map((plan) => plainCommands(directory, copy.directory, plan)),
  };
}

function plainCommands(directory: string, stack: string, plan: ServicePlan): PlainCommands {
  const place = placeName(plan);
  const backend = Object.entries(backendConfiguration(plan));
  const given = backend.map(([name, value]) => `-backend-config=${name}=${value}`);
  const files = [
    path.join(ownTerraform(directory), "environments", `${place}.tfvars.json`),
    path.join(workingFolder(directory, place), "artifacts.tfvars.json"),
  ].map((file) => `-var-file=${path.relative(stack, file)}`);
  return {
    environment: place,
    init: ["terraform init -reconfigure", ...given].join(" "),
    plan: ["terraform plan", ...files].join(" "),
  };
}
