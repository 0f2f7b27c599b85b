import { LambdakitError } from "../../errors/index.ts";
import { type LoadedService, loadService } from "../../package/index.ts";
import {
  type EnvironmentName,
  planService,
  type ServicePlan,
  standbyPlan,
} from "../../plan/index.ts";
import type { Caller } from "../../terraform/index.ts";
import type { Input, World } from "../command.ts";
import { type KeptSteps, keptSteps } from "../step-text.ts";

/** A service in both of its regions. */
export interface Regions extends KeptSteps {
  readonly service: LoadedService;
  readonly primary: ServicePlan;
  readonly standby: ServicePlan;
  readonly caller: Caller;
}

/**
 * Reads the manifest, and looks whose credentials these are: in the region that stands by, which is there when the
 * other one is not.
 *
 * @throws {LambdakitError} RECOVERY_NO_STANDBY, AWS_WRONG_ACCOUNT, or as `awsError` says
 */
export async function openRegions(input: Input, { terminal }: World): Promise<Regions> {
  const { checkAccount } = await import("../../terraform/index.ts");
  const { steps, done } = keptSteps(terminal);
  const service = await loadService(input.text("service") ?? ".");
  const environment = input.text("env") as EnvironmentName;
  const primary = planService(service.manifest, environment);
  const standby = requireStandby(service, environment);
  done("read service.ts");
  const caller = await checkAccount(standby);
  done(`is ${caller.arn.split(":").at(-1)} of ${standby.accountId}`);
  return { service, primary, standby, caller, steps, done };
}

/** The service where it stands by. @throws {LambdakitError} RECOVERY_NO_STANDBY */
export function requireStandby(
  { manifest }: Pick<LoadedService, "manifest">,
  environment: EnvironmentName,
): ServicePlan {
  const standby = standbyPlan(manifest, environment);
  if (standby !== null) return standby;
  throw new LambdakitError("RECOVERY_NO_STANDBY", {
    message: `${environment} has no recoveryRegion: nothing of it stands by anywhere.`,
    fix: `name the region that takes over, as environments.${environment}.recoveryRegion in service.ts; then lambdakit bootstrap --env ${environment}`,
    at: `environments.${environment}`,
  });
}
