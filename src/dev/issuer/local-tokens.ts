import type { ApiPlan } from "../../plan/index.ts";
import { issueToken } from "./issue-token.ts";
import { localIssuer } from "./local-issuer.ts";
import { openSigningKey } from "./signing-key.ts";

/** What a token is to say. All of it can be left out. */
export interface TokenWish {
  /** @default every scope that a route of the service asks for */
  readonly scopes?: readonly string[] | undefined;
  /** Who it is about. @default "developer" */
  readonly subject?: string | undefined;
  /** @default the first that the environment's tokens are for */
  readonly audience?: string | undefined;
  /** Where it is negative, the token has expired so many seconds ago. @default an hour */
  readonly expiresInSeconds?: number | undefined;
  /** Sign with a new key, and forget the old one. @default false */
  readonly rotateKey?: boolean;
}

export interface LocalToken {
  readonly token: string;
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

const hour = 3_600;

/** Every scope that a route of the service asks for. */
export function scopesOf({ routes }: ApiPlan): string[] {
  const all = routes.flatMap(({ auth }) => (auth.type === "jwt" ? auth.scopes : []));
  return [...new Set(all)].sort();
}

/**
 * A token that the service on this machine believes, and nothing else does. Nothing has to run for it.
 *
 * @param home the service's `.lambdakit`, where its issuer's key is
 * @param port the port that `dev` serves on: it is a part of the issuer's name
 * @throws {LambdakitError} DEV_ISSUER_KEY
 */
export async function localToken(
  home: string,
  port: number,
  api: ApiPlan,
  wish: TokenWish = {},
): Promise<LocalToken> {
  const {
    scopes = scopesOf(api),
    subject = "developer",
    audience = api.authorizer?.audience[0] ?? "local",
    expiresInSeconds = hour,
    rotateKey = false,
  } = wish;
  const { issuer } = localIssuer(port);
  const now = Math.floor(Date.now() / 1_000);
  const expiresAt = now + expiresInSeconds;
  const issuedAt = expiresInSeconds > 0 ? now : expiresAt - hour;
  const key = await openSigningKey(home, rotateKey);
  const token = issueToken(key, { issuer, audience, subject, scopes, issuedAt, expiresAt });
  return { token, issuer, audience, subject, scopes, expiresAt };
}
