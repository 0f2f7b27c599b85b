import { LambdakitError } from "../../errors/index.ts";
import type { MadeResource } from "./made-resources.ts";
import { type Loss, lossesOf } from "./resource-losses.ts";

/** An account of an emulator, which tells accounts apart by the key that a call names, and checks no signature. */
export interface EmulatedAccount {
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
}

/**
 * Takes everything from an account that it has. AWS would refuse each of these calls: none is signed. What is gone
 * already stays gone, so that it can be done again after it was cut off.
 *
 * @param buckets to be emptied and deleted at the end, the last one last
 * @throws {LambdakitError} AWS_FAILED
 */
export async function emptyAccount(
  account: EmulatedAccount,
  resources: readonly MadeResource[],
  buckets: readonly string[],
): Promise<void> {
  for (const loss of lossesOf(resources)) await lose(loss, account);
  for (const bucket of buckets) await loseBucket(bucket, account);
}

async function loseBucket(bucket: string, account: EmulatedAccount): Promise<void> {
  for (;;) {
    const listed = await lose(
      { service: "s3", method: "GET", path: `/${bucket}?versions` },
      account,
    );
    const versions = listed.match(/<(Version|DeleteMarker)>.*?<\/\1>/gs) ?? [];
    if (versions.length === 0) break;
    // Keys are named as they were told, with whatever XML does to them.
    const objects = versions.map(
      (version) => `<Object>${element(version, "Key")}${element(version, "VersionId")}</Object>`,
    );
    const body = `<Delete>${objects.join("")}</Delete>`;
    await lose({ service: "s3", method: "POST", path: `/${bucket}?delete`, body }, account);
  }
  await lose({ service: "s3", method: "DELETE", path: `/${bucket}` }, account);
}

function element(xml: string, name: string): string {
  return new RegExp(`<${name}>.*?</${name}>`, "s").exec(xml)?.[0] ?? "";
}

/** What is not there needs no loss. */
const gone = /NotFound|NoSuch|NonExistent|does not exist/i;

/** @returns what was answered; nothing where it is gone */
async function lose(
  { service, method, path, headers = {}, body, region }: Loss,
  { url, accessKeyId, sessionToken, ...account }: EmulatedAccount,
): Promise<string> {
  const scope = `${accessKeyId}/20260101/${region ?? account.region}/${service}/aws4_request`;
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
      ...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
    },
    ...(body !== undefined && { body }),
  });
  const text = await answer.text();
  if (answer.ok) return text;
  if (answer.status === 404 || gone.test(text)) return "";
  throw new LambdakitError("AWS_FAILED", {
    message: `The emulator did not let go of something: ${method} ${path} of ${service} answered ${answer.status} ${text.slice(0, 300)}`,
    fix: "run the command again",
  });
}
