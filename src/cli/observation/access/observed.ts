import type { Access } from "../../../observe/index.ts";
import { type LoadedService, loadService } from "../../../package/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../../../plan/index.ts";
import type { Caller } from "../../../terraform/index.ts";
import type { Input } from "../../command.ts";
import { accessOf } from "./profiles.ts";

/** An environment that is looked at. */
export interface Observed {
  readonly service: LoadedService;
  readonly plan: ServicePlan;
  readonly caller: Caller;
  readonly access: Access;
}

/**
 * Reads the manifest, and looks whether the credentials are of the environment's account.
 *
 * @param look is shown the plan before AWS is asked anything
 * @throws {LambdakitError} AWS_WRONG_ACCOUNT, or as `awsError` says
 */
export async function openObserved(
  input: Input,
  look: (plan: ServicePlan) => void = () => {},
): Promise<Observed> {
  const service = await loadService(input.text("service") ?? ".");
  const environment = input.text("env") as EnvironmentName;
  const plan = planService(service.manifest, environment);
  look(plan);
  const access = accessOf(input, environment);
  const { checkAccount } = await import("../../../terraform/index.ts");
  return { service, plan, access, caller: await checkAccount(plan, access) };
}
