import { createHash, createPrivateKey, createPublicKey, generateKeyPair } from "node:crypto";
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { threadId } from "node:worker_threads";
import { LambdakitError } from "../../errors/index.ts";

/** What tokens of the local issuer are signed with. Only this machine's user can read it. */
export interface SigningKey {
  /** The key's id: its thumbprint. @see https://www.rfc-editor.org/rfc/rfc7638 */
  readonly kid: string;
  /** The private key, in PEM. */
  readonly privateKey: string;
  /** The public key, as it stands in a JWKS. */
  readonly publicKey: PublicKey;
}

export interface PublicKey {
  readonly kty: "RSA";
  readonly kid: string;
  readonly alg: "RS256";
  readonly use: "sig";
  readonly n: string;
  readonly e: string;
}

/** The smallest that RS256 allows. @see https://www.rfc-editor.org/rfc/rfc7518#section-3.3 */
const modulusLength = 2_048;

const generate = promisify(generateKeyPair);

/** Those that this thread writes: two at once have a file aside each. */
let writes = 0;

/**
 * The key of a service's local issuer. It is made once, and stays until it is rotated: tokens outlive a
 * restart of `dev`.
 *
 * @param home the service's `.lambdakit`
 * @param rotate make another one; tokens that were signed with the old one are worth nothing then
 * @throws {LambdakitError} DEV_ISSUER_KEY where the file cannot be read, or holds no key
 */
export async function openSigningKey(home: string, rotate = false): Promise<SigningKey> {
  const file = path.join(home, "issuer.json");
  const kept = rotate ? undefined : await readKey(file);
  if (kept !== undefined) return kept;
  const { privateKey } = await generate("rsa", {
    modulusLength,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  await keep(file, JSON.stringify({ privateKey }, null, 2), rotate);
  // Where somebody else was faster, theirs is the key.
  return (await readKey(file)) ?? keyOf(privateKey);
}

async function readKey(file: string): Promise<SigningKey | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw broken(file, cause as Error);
  }
  try {
    return keyOf(JSON.parse(text).privateKey);
  } catch {
    // The parser's own words would repeat a part of the file.
    throw broken(file, new Error("it holds no private key"));
  }
}

function keyOf(privateKey: string): SigningKey {
  const { kty, n, e } = createPublicKey(createPrivateKey(privateKey)).export({ format: "jwk" });
  if (kty !== "RSA" || n === undefined || e === undefined) throw new Error("it is no RSA key");
  const kid = createHash("sha256").update(JSON.stringify({ e, kty, n })).digest("base64url");
  return { kid, privateKey, publicKey: { kty, kid, alg: "RS256", use: "sig", n, e } };
}

/** Whole or not at all, never readable by others, and not over a key that came in between. */
async function keep(file: string, text: string, replace: boolean): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  writes += 1;
  const aside = `${file}.${process.pid}.${threadId}.${writes}.new`;
  try {
    await writeFile(aside, text, { mode: 0o600, flag: "wx" });
    // A umask could only have taken rights away from the owner.
    await chmod(aside, 0o600);
    await (replace ? rename(aside, file) : link(aside, file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function broken(file: string, cause: Error): LambdakitError {
  return new LambdakitError("DEV_ISSUER_KEY", {
    message: `The local issuer's key cannot be used: ${cause.message}.`,
    fix: "lambdakit token --rotate-key",
    at: file,
    cause,
  });
}
