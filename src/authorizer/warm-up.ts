import { type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from "jose";

/** What signs with a key of a kind, where the key itself does not say. */
const usualAlgorithms: Readonly<Record<string, string>> = {
  RSA: "RS256",
  EC: "ES256",
  OKP: "EdDSA",
};

/**
 * Checks a signature that nobody has made with each key. That fails, and brings along what the first caller would
 * wait for: keys are imported, and whatever else WebCrypto loads at its first use.
 */
export async function warmUp(keys: JSONWebKeySet["keys"], keyFor: JWTVerifyGetKey): Promise<void> {
  await Promise.allSettled(
    keys.map(({ kid, kty = "", alg = usualAlgorithms[kty] }) => {
      const header = Buffer.from(JSON.stringify({ alg, kid })).toString("base64url");
      return jwtVerify(`${header}.e30.AAAA`, keyFor);
    }),
  );
}
