import { impatient } from "./access.ts";

/**
 * What AWS says of credentials that it does not know, and of all of them where the account has not enabled the region.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html (2026-11-27)
 * @see https://github.com/aws/aws-sdk-js/issues/4129 for what S3 says (2026-11-27)
 * @see https://github.com/99designs/aws-vault/issues/512 for what EC2 says (2026-11-27)
 */
export const unknownCredentials = [
  "InvalidClientTokenId",
  "UnrecognizedClientException",
  "InvalidAccessKeyId",
  "InvalidToken",
  "AuthFailure",
];

/** What else it may say there. @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html (2026-11-27) */
const notEnabled = ["OptInRequired", "RegionDisabledException"];

const refusals = [...unknownCredentials, ...notEnabled];

/** No account can disable it. */
const everywhere = "us-east-1";

type Credentials = () => Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}>;

/**
 * The region of a client that refuses credentials which AWS knows elsewhere: the account has not enabled it. Nothing
 * where it is something else that a call has failed of. Asks, because AWS's own words are the same for keys that are
 * wrong; a list of the regions that have to be enabled would be old some day.
 */
export async function refusingRegion(client: unknown, error: unknown): Promise<string | undefined> {
  const { name = "" } = Object(error);
  const { region, credentials } = Object(Object(client).config);
  // To a question without a body, such as S3's whether a bucket is there, the answer is a number.
  if (!refusals.includes(name) && !/^(\d+|Unknown.*)$/.test(name)) return undefined;
  const here = await region();
  if (here === everywhere || (await isKnown(credentials, here)) !== false) return undefined;
  return (await isKnown(credentials, everywhere)) === true ? here : undefined;
}

/** Nothing where that is not known. */
async function isKnown(credentials: Credentials, region: string): Promise<boolean | undefined> {
  const { STSClient, GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const client = new STSClient({ region, credentials, ...impatient(5) });
  try {
    await client.send(new GetCallerIdentityCommand({}));
    return true;
  } catch (error) {
    return refusals.includes(Object(error).name) ? false : undefined;
  } finally {
    client.destroy();
  }
}
