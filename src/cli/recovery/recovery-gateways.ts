import type { ServicePlan } from "../../plan/index.ts";
import { openGateways, type RecoveryGateways } from "../../recover/index.ts";

/** What tables are backed up and restored with. An emulator of AWS has vaults and lists nothing of them; AWS Backup may have one of its own. */
export async function openRecovery(plan: ServicePlan): Promise<RecoveryGateways> {
  const { isEmulated } = await import("../../terraform/index.ts");
  const hasVault = !isEmulated() || process.env.AWS_ENDPOINT_URL_BACKUP !== undefined;
  return openGateways(plan, { hasVault });
}
