import { createHmac, randomBytes } from "node:crypto";

/** What an AWS SDK signs with on behalf of one function. */
export interface CallerCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Who calls: the developer, who may do everything, or a function. */
export type Caller =
  | { readonly kind: "owner" }
  | { readonly kind: "function"; readonly key: string };

/** The access key of the developer, of the console page and of tests. */
export const ownerAccessKeyId = "local";

/**
 * Tells the functions apart by their access keys. Each has credentials of its own, in AWS's form; they
 * are the same for as long as the secret is, and say nothing of each other.
 */
export class Callers {
  readonly #secret: Buffer;
  readonly #functions = new Map<string, string>();

  /** @param secret by default a new one, so that the credentials of an earlier run are worth nothing */
  constructor(secret: Buffer = randomBytes(32)) {
    this.#secret = secret;
  }

  credentialsOf(functionKey: string): CallerCredentials {
    const accessKeyId = `ASIA${this.#digest("access key", functionKey).toString("hex").toUpperCase().slice(0, 16)}`;
    this.#functions.set(accessKeyId, functionKey);
    return {
      accessKeyId,
      // 30 bytes are 40 characters in base64, which is the length of AWS's.
      secretAccessKey: this.#digest("secret key", functionKey).subarray(0, 30).toString("base64"),
      sessionToken: this.#digest("session token", functionKey).toString("base64"),
    };
  }

  /** Undefined for a key that was never given out. */
  find(accessKeyId: string): Caller | undefined {
    if (accessKeyId === ownerAccessKeyId) return { kind: "owner" };
    const key = this.#functions.get(accessKeyId);
    return key === undefined ? undefined : { kind: "function", key };
  }

  #digest(purpose: string, functionKey: string): Buffer {
    return createHmac("sha256", this.#secret).update(`${purpose}\n${functionKey}`).digest();
  }
}

/**
 * The access key in a header such as `AWS4-HMAC-SHA256 Credential=ASIA…/20260101/eu-west-1/dynamodb/aws4_request, …`.
 * The signature is not looked at: what is kept apart here are functions of one service, not enemies.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 */
export function accessKeyOf(authorization: string): string {
  return /Credential=([^/,\s]*)/.exec(authorization)?.[1] ?? "";
}
