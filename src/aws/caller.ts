import { awsError } from "./aws-error.ts";

/** Whose credentials are used. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
}

/**
 * Looks whose credentials these are.
 *
 * @throws {LambdakitError} as `awsError` says
 */
export async function whoCalls(region: string): Promise<Caller> {
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient({ region });
  try {
    const { Account = "", Arn = "" } = await client.send(new GetCallerIdentityCommand({}));
    return { accountId: Account, arn: Arn };
  } catch (error) {
    throw awsError("look whose credentials these are", error);
  } finally {
    client.destroy();
  }
}
