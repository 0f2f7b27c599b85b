import { type Access, type Caller, whoCalls } from "../aws/index.ts";
import { LambdakitError } from "../errors/index.ts";
import type { ServicePlan } from "../plan/index.ts";

/**
 * Looks whether the credentials are of the account that the manifest names, before anything is built.
 *
 * @param access @default whoever the environment says
 * @throws {LambdakitError} AWS_WRONG_ACCOUNT, or as `awsError` says
 */
export async function checkAccount(plan: ServicePlan, access?: Access): Promise<Caller> {
  const { accountId, region, environment } = plan;
  const caller = await whoCalls(region, access);
  if (caller.accountId === accountId) return caller;
  throw new LambdakitError("AWS_WRONG_ACCOUNT", {
    message: `${environment} is the account ${accountId}, and the credentials are of ${caller.accountId} (${caller.arn}).`,
    fix: `set AWS_PROFILE to one of ${accountId}`,
    at: `environments.${environment}.accountId`,
  });
}
