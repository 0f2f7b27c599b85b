/**
 * One AWS account of an emulator, and calls to it as whoever deploys would make them. One moto is any
 * number of accounts: which one, it sees from the access key.
 */
import type { Moto } from "../start-moto.ts";
import { valueIn } from "./xml.ts";

export interface Account {
  readonly accountId: string;
  readonly region: string;
  /** For a client of the AWS SDK. */
  readonly endpoint: string;
  readonly credentials: Credentials;
  /** @throws {CallFailed} where the answer is no success */
  ask(service: string, target: string, init?: RequestInit): Promise<Response>;
  // What comes back is AWS's, and is looked into field by field.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  json(service: string, target: string): Promise<any>;
  /** A call of DynamoDB. */
  // biome-ignore lint/suspicious/noExplicitAny: see above
  table(operation: string, input: object): Promise<any>;
  /** A call of IAM, which speaks XML. */
  iam(action: string, parameters: Readonly<Record<string, string>>): Promise<string>;
}

export class CallFailed extends Error {
  readonly status: number;

  constructor(call: string, status: number, answer: string) {
    super(`${call}: ${status} ${answer}`);
    this.status = status;
  }
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Somebody in an account, as AWS names who has taken on a role. */
interface Assumed {
  readonly accountId: string;
  readonly role: string;
  readonly session: string;
}

/** Takes on a role in an account, which gives credentials that are bound to it. The role need not exist. */
export async function takeOnEmulatedRole(
  { url }: Pick<Moto, "url">,
  region: string,
  { accountId, role, session }: Assumed,
): Promise<Credentials> {
  const nobody = { accessKeyId: "test", secretAccessKey: "test", sessionToken: "" };
  const answer = await signed(url, nobody, region, "sts", "/", {
    method: "POST",
    body: new URLSearchParams({
      Version: "2011-06-15",
      Action: "AssumeRole",
      RoleArn: `arn:aws:iam::${accountId}:role/${role}`,
      RoleSessionName: session,
    }),
  });
  const xml = await answer.text();
  return {
    accessKeyId: valueIn(xml, "AccessKeyId"),
    secretAccessKey: valueIn(xml, "SecretAccessKey"),
    sessionToken: valueIn(xml, "SessionToken"),
  };
}

/** As programs that use an SDK of AWS are told them. */
export function credentialVariables({ accessKeyId, secretAccessKey, sessionToken }: Credentials) {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}

/** An account, as whoever deploys there finds it. */
export async function enterAccount(
  moto: Pick<Moto, "url">,
  accountId: string,
  region: string,
): Promise<Account> {
  const deployer = { accountId, role: "deployer", session: "deployment" };
  const credentials = await takeOnEmulatedRole(moto, region, deployer);
  const ask: Account["ask"] = (service, target, init = {}) =>
    signed(moto.url, credentials, region, service, target, init);
  return {
    accountId,
    region,
    endpoint: moto.url,
    credentials,
    ask,
    json: async (service, target) => (await ask(service, target)).json(),
    async table(operation, input) {
      const init = {
        method: "POST",
        headers: {
          "Content-Type": "application/x-amz-json-1.0",
          "X-Amz-Target": `DynamoDB_20120810.${operation}`,
        },
        body: JSON.stringify(input),
      };
      return (await ask("dynamodb", "/", init)).json();
    },
    async iam(action, parameters) {
      const body = new URLSearchParams({ Version: "2010-05-08", Action: action, ...parameters });
      return (await ask("iam", "/", { method: "POST", body })).text();
    },
  };
}

/**
 * The emulator reads from the signature whose call to which service it is, and does not check it. It may
 * fail because another call changes what it is looking through: as the SDKs do, this tries again.
 */
async function signed(
  url: string,
  { accessKeyId, sessionToken }: Credentials,
  region: string,
  service: string,
  target: string,
  init: RequestInit,
): Promise<Response> {
  const scope = `${accessKeyId}/20260101/${region}/${service}/aws4_request`;
  const headers = {
    ...init.headers,
    Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    ...(sessionToken !== "" && { "X-Amz-Security-Token": sessionToken }),
  };
  for (let attempt = 1; ; attempt++) {
    const signal = AbortSignal.timeout(30_000);
    const answer = await fetch(`${url}${target}`, { ...init, headers, signal });
    if (answer.ok) return answer;
    const text = await answer.text();
    if (answer.status < 500 || attempt === 3) {
      throw new CallFailed(`${service} ${target}`, answer.status, text);
    }
  }
}
