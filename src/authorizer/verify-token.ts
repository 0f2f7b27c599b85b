import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { clockSkewSeconds } from "../names.ts";
import { type Reason, Refusal } from "./refusal.ts";
import type { AuthorizerSettings } from "./settings.ts";

/** What is known of a caller whose token is good. */
export interface Claims {
  readonly subject: string;
  readonly issuer: string;
  readonly scopes: readonly string[];
  /** Seconds since 1970: behind that the token is worth nothing, whoever has cached what it allowed. */
  readonly expiresAt: number;
}

/** Signatures that a public key checks. None with a shared secret, and no "none": they could be made up. */
const algorithms = ["RS256", "PS256", "ES256", "EdDSA"];

/** API Gateway takes 10,240 bytes of headers altogether; no issuer's access tokens have that much. */
const maxTokenBytes = 8192;

/**
 * Checks a token's signature, and who it is from, for whom and for when.
 *
 * @param now milliseconds
 * @throws {Refusal} with what is wrong with it
 * @throws {Error} where the issuer's keys cannot be had: that is not the caller's fault
 */
export async function verifyToken(
  token: string,
  { issuer, audience }: Pick<AuthorizerSettings, "issuer" | "audience">,
  keyFor: JWTVerifyGetKey,
  now: number,
): Promise<Claims> {
  if (token.length > maxTokenBytes) throw new Refusal("too-long");
  const claims = await signedClaims(token, { issuer, now }, keyFor);
  const { sub, exp = 0, iat } = claims;
  // One that was issued in the future was made by a clock that is wrong, or by nobody.
  if (iat !== undefined && iat > now / 1000 + clockSkewSeconds) throw new Refusal("not-yet-valid");
  if (!Number.isFinite(exp)) throw new Refusal("claims");
  // Cognito's id tokens say who somebody is, and are handed to pages: they are no means of access.
  if (claims.token_use !== undefined && claims.token_use !== "access") {
    throw new Refusal("token-use");
  }
  if (!isFor(audience, claims)) throw new Refusal("audience");
  if (typeof sub !== "string" || !/^[\x20-\x7e]{1,256}$/.test(sub)) throw new Refusal("claims");
  return { subject: sub, issuer, scopes: scopesOf(claims), expiresAt: exp };
}

async function signedClaims(
  token: string,
  { issuer, now }: { readonly issuer: string; readonly now: number },
  keyFor: JWTVerifyGetKey,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keyFor, {
      algorithms,
      issuer,
      clockTolerance: clockSkewSeconds,
      currentDate: new Date(now),
      requiredClaims: ["exp", "sub"],
    });
    return payload;
  } catch (error) {
    const reason = reasonOf(error);
    throw reason === undefined ? error : new Refusal(reason);
  }
}

/** Undefined for what is no fault of the token. */
function reasonOf(error: unknown): Reason | undefined {
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === "iss") return "issuer";
    return error.claim === "nbf" ? "not-yet-valid" : "claims";
  }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) {
    return "algorithm";
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature";
  if (error instanceof errors.JWKSNoMatchingKey) return "unknown-key";
  if (error instanceof errors.JWKSMultipleMatchingKeys) return "unknown-key";
  if (error instanceof errors.JOSEError || error instanceof TypeError) return "malformed";
  return undefined;
}

/** Cognito's access tokens have no `aud`, but the client that they were given to. */
function isFor(audience: readonly string[], { aud, client_id, token_use }: JWTPayload): boolean {
  const named = aud ?? (token_use === "access" ? client_id : undefined);
  return [named].flat().some((one) => typeof one === "string" && audience.includes(one));
}

/** `scope` as RFC 8693 has it, or `scp` as Entra and Okta do, where it may be a list. */
function scopesOf({ scope, scp }: JWTPayload): string[] {
  const stated = [scope ?? scp].flat().filter((one) => typeof one === "string");
  return [...new Set(stated.flatMap((one) => one.split(" ")))].filter(Boolean);
}
