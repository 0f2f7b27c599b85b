import { sign } from "node:crypto";
import type { SigningKey } from "./signing-key.ts";

/** What a token says of whoever has it. */
export interface TokenClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  /** None at all is a caller who may do what needs no scope. */
  readonly scopes: readonly string[];
  /** Seconds since 1970, both. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/**
 * A signed token (JWT, RS256), with its scopes in one text as OAuth's access tokens have them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-2.2
 */
export function issueToken(
  key: SigningKey,
  { issuer, audience, subject, scopes, issuedAt, expiresAt }: TokenClaims,
): string {
  const header = { alg: "RS256", typ: "at+jwt", kid: key.kid };
  const claims = {
    iss: issuer,
    aud: audience,
    sub: subject,
    scope: scopes.join(" "),
    iat: issuedAt,
    nbf: issuedAt,
    exp: expiresAt,
  };
  const signed = `${encoded(header)}.${encoded(claims)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), key.privateKey).toString("base64url")}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
