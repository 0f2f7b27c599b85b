import { codeCompilers } from "../../dev/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import {
  type LoadedService,
  loadService,
  type PackagedService,
  packageService,
} from "../../package/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../../plan/index.ts";
import { openTables } from "../../release/index.ts";
import type { Caller, DeployedArtifacts, StackRun } from "../../terraform/index.ts";
import type { Input, Option, World } from "../command.ts";
import { type KeptSteps, keptSteps } from "../step-text.ts";
import { toolkitVersion } from "../toolkit-version.ts";

/** What every command has that goes to an environment. */
export const targetOptions = {
  env: {
    type: "choice",
    choices: environmentNames,
    description: "the environment",
    default: "dev",
  },
} as const satisfies Record<string, Option>;

/** A service, and the environment that a command is about. */
export interface Target extends KeptSteps {
  readonly service: LoadedService;
  readonly plan: ServicePlan;
  /** Whose credentials these are. */
  readonly caller: Caller;
}

/**
 * Reads the manifest, and looks whether the credentials are of the environment's account. Tables are called as the
 * manifest says: where an account is prepared, nothing says otherwise yet.
 *
 * @param environment @default that of `--env`
 */
export async function openAccount(
  input: Input,
  { terminal }: World,
  environment = input.text("env") as EnvironmentName,
): Promise<Target> {
  const { checkAccount } = await import("../../terraform/index.ts");
  const { steps, done } = keptSteps(terminal);
  const service = await loadService(input.text("service") ?? ".");
  const plan = planService(service.manifest, environment);
  done("read service.ts");
  const caller = await checkAccount(plan);
  done(`is ${caller.arn.split(":").at(-1)} of ${plan.accountId}`);
  return { service, plan, caller, steps, done };
}

/** As {@link openAccount} does, and with the tables that the service has in the environment now. */
export async function openTarget(
  input: Input,
  world: World,
  environment?: EnvironmentName,
): Promise<Target> {
  const target = await openAccount(input, world, environment);
  return { ...target, plan: await openTables(target.plan).applyTo(target.plan) };
}

/** A service's stack with its artifacts, ready to be planned or applied. */
export interface DeploymentTarget extends Target {
  readonly packaged: PackagedService;
  readonly artifacts: DeployedArtifacts;
  readonly run: StackRun;
}

/** Packages the service, and prepares Terraform. */
export async function openDeployment(input: Input, world: World): Promise<DeploymentTarget> {
  const { findTerraform, openServiceStack } = await import("../../terraform/index.ts");
  // What is missing on the machine is said before anything is built.
  const terraform = await findTerraform();
  const target = await openTarget(input, world);
  const { service, plan, done } = target;
  const packaged = await packageService(service, {
    toolkitVersion: toolkitVersion(),
    cache: true,
    findCompiler: codeCompilers(service.directory),
    onStep: () => {},
  });
  const count = plan.functions.length;
  done(`packaged ${count} ${count === 1 ? "function" : "functions"}`);
  const artifacts = { directory: packaged.directory, functions: packaged.list.functions };
  const run = await openServiceStack({
    terraform,
    directory: service.directory,
    plan,
    artifacts: artifacts.functions,
    interrupted: world.interrupted,
    onStep: done,
  });
  return { ...target, packaged, artifacts, run };
}
