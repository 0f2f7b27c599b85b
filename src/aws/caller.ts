import type { STSClient } from "@aws-sdk/client-sts";
import type { Access, Credentials } from "./access.ts";
import { keepTime } from "./clock.ts";
import { serviceCalls } from "./service-calls.ts";

/** Whose credentials are used. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
}

const callsOf = (region: string, access: Access = {}) =>
  serviceCalls(
    () => import("@aws-sdk/client-sts"),
    (sts): STSClient => keepTime(new sts.STSClient({ region, ...access })),
  );

/**
 * Looks whose credentials these are.
 *
 * @throws {LambdakitError} as `awsError` says
 */
export async function whoCalls(region: string, access?: Access): Promise<Caller> {
  return callsOf(region, access)("look whose credentials these are", async (client, sts) => {
    const { Account = "", Arn = "" } = await client.send(new sts.GetCallerIdentityCommand({}));
    return { accountId: Account, arn: Arn };
  });
}

/** The key that calls are signed with, for whoever asks an emulator without a gateway: it tells accounts apart by that. */
export async function signingKey(
  region: string,
  access?: Access,
): Promise<Pick<Credentials, "accessKeyId"> & { readonly sessionToken: string | undefined }> {
  return callsOf(region, access)("look for credentials", async (client) => {
    const { accessKeyId, sessionToken } = await client.config.credentials();
    return { accessKeyId, sessionToken };
  });
}

/**
 * Takes on a role, of another account for the most part.
 *
 * @param session what CloudTrail calls it
 * @throws {LambdakitError} as `awsError` says; AWS_NOT_ALLOWED where the role does not trust the caller, or is not there
 */
export async function takeOnRole(
  roleArn: string,
  region: string,
  session: string,
): Promise<Credentials> {
  return callsOf(region)(`take on the role ${roleArn}`, async (client, sts) => {
    const { Credentials: given } = await client.send(
      new sts.AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: session }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = given ?? {};
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
  });
}
