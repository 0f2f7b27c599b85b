import { LambdakitError } from "../../errors/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import { deployedUrl, type ReleaseEnvironment } from "../../release/index.ts";
import type { Input } from "../command.ts";
import type { Target } from "../deployment/target.ts";
import { checkedUrl } from "../verification/service-url.ts";
import { requireStandby } from "./open-regions.ts";

/**
 * Whether a drill can lose the region of an environment.
 *
 * @param emulator its URL; null where AWS is AWS
 * @throws {LambdakitError} RECOVERY_NO_STANDBY, DRILL_REFUSED
 */
export function requireLosable(
  { service, plan }: Pick<Target, "service" | "plan">,
  emulator: string | null,
): void {
  const { environment } = plan;
  const { region, recovery } = requireStandby(service, environment);
  if (emulator === null) {
    throw new LambdakitError("DRILL_REFUSED", {
      message: `Nobody can lose ${plan.region} on purpose: it is AWS's.`,
      fix: `set AWS_ENDPOINT_URL to an emulator; on AWS: lambdakit dr failover --env ${environment} --to ${region} --dry-run`,
    });
  }
  const domain = recovery.standby?.domain ?? null;
  if (domain === null) return;
  throw new LambdakitError("DRILL_REFUSED", {
    message: `${environment} answers as ${domain.name}, and no resolver knows what an emulator says of that name.`,
    fix: `take environments.${environment}.domain out of service.ts where the emulator is, and bring the release there again`,
    at: `environments.${environment}.domain`,
  });
}

/** Where the service answers in the region that stands by. @throws {LambdakitError} CLI_BAD_VALUE, VERIFY_NO_URL */
export async function standbyUrl(
  input: Input,
  { service, environment, region }: ServicePlan,
  { history }: ReleaseEnvironment,
): Promise<string> {
  const option = input.text("standby-url");
  if (option !== undefined) return checkedUrl(option, "--standby-url");
  const deployed = deployedUrl(await history.read());
  if (deployed !== null) return deployed;
  throw new LambdakitError("VERIFY_NO_URL", {
    message: `Nothing says where ${service} answers in ${region}: it was not brought there.`,
    fix: `lambdakit dr standby --env ${environment}, or --standby-url https://...`,
  });
}
