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
  /** @default an hour; less than nothing is a token that has expired */
  readonly expiresInSeconds?: number | undefined;
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
  } = wish;
  const { issuer } = localIssuer(port);
  const issuedAt = Math.floor(Date.now() / 1_000) + Math.min(expiresInSeconds, 0) * 2;
  const claims = { issuer, audience, subject, scopes, expiresInSeconds, issuedAt };
  const span = Math.abs(expiresInSeconds);
  const token = issueToken(await openSigningKey(home), { ...claims, expiresInSeconds: span });
  return { token, issuer, audience, subject, scopes, expiresAt: issuedAt + span };
}
