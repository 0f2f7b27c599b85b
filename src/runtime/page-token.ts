import { createHmac, timingSafeEqual } from "node:crypto";

/** 128 bits: enough that guessing is hopeless, and half as long in a URL as the whole digest. */
const macBytes = 16;

/** Seals the place where a page ended. A token is opaque, and any change to it is noticed. */
export function signPageToken(key: Uint8Array, place: unknown): string {
  const payload = Buffer.from(JSON.stringify(place));
  return Buffer.concat([payload, mac(key, payload)]).toString("base64url");
}

/** The place that a token stands for; undefined where the token is not one that this key signed. */
export function readPageToken(key: Uint8Array, token: string): unknown {
  const bytes = Buffer.from(token, "base64url");
  // Decoding forgives stray characters and unused bits; a token that is not exactly as issued is refused.
  if (bytes.length <= macBytes || bytes.toString("base64url") !== token) return undefined;
  const payload = bytes.subarray(0, -macBytes);
  if (!timingSafeEqual(mac(key, payload), bytes.subarray(-macBytes))) return undefined;
  return JSON.parse(payload.toString());
}

function mac(key: Uint8Array, payload: Uint8Array): Buffer {
  return createHmac("sha256", key).update(payload).digest().subarray(0, macBytes);
}
