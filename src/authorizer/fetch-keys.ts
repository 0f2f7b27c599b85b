import { get as getPlain, type IncomingMessage } from "node:http";
import { get as getSecure } from "node:https";

/** An issuer answers in a tenth of this, and API Gateway does not wait for ever. */
const timeoutMs = 2000;

/** Sets of keys have 1 to 4 KB. More is no set of keys, and is not read to its end. */
const maxBytes = 65_536;

/**
 * An issuer's keys, as JSON. By HTTPS only, but for an issuer on this machine, which `lambdakit dev` has.
 * A redirect is not followed: it would be somebody else's word for whom to trust.
 *
 * @throws {Error} where there is no answer in 2 seconds, or another one than 200 with JSON of 64 KB at most
 */
export async function fetchKeys(uri: string): Promise<unknown> {
  const url = new URL(uri);
  const get = getterFor(url);
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers: { Accept: "application/json" }, signal, agent: false }, resolve).on(
      "error",
      reject,
    );
  });
  if (response.statusCode !== 200) {
    response.destroy();
    throw new Error(`${uri} answered ${response.statusCode}`);
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw new Error(`${uri} answered more than ${maxBytes} bytes`);
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString("utf8"));
}

function getterFor({ protocol, hostname }: URL): typeof getSecure {
  if (protocol === "https:") return getSecure;
  if (protocol === "http:" && (hostname === "127.0.0.1" || hostname === "[::1]")) return getPlain;
  throw new Error(`keys are not fetched by ${protocol}//${hostname}`);
}
