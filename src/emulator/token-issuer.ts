import { createServer } from "node:http";
import { issueToken, listen, openSigningKey, type TokenClaims } from "../dev/index.ts";
import type { ServicePlan } from "../plan/index.ts";

/** Whoever signs tokens, in the place of the issuer that a manifest names: an authorizer gets its keys here. */
export interface TokenIssuer {
  readonly jwksUri: string;
  /** How often the keys were asked for. */
  readonly asked: () => number;
  /**
   * A token for a service as it is planned, good for an hour.
   *
   * @param changes what it says otherwise. @default every scope that the service's routes ask for
   */
  token(plan: ServicePlan, changes?: Partial<TokenClaims>): string;
  stop(): Promise<void>;
}

/** @param home where its key is kept */
export async function startIssuer(home: string): Promise<TokenIssuer> {
  const key = await openSigningKey(home);
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ keys: [key.publicKey] }));
  });
  const { port, close } = await listen(server, 0);
  return {
    jwksUri: `http://127.0.0.1:${port}/jwks.json`,
    asked: () => asked,
    token({ api }, changes = {}) {
      const now = Math.floor(Date.now() / 1_000);
      const { issuer = "", audience = [] } = api.authorizer ?? {};
      return issueToken(key, {
        issuer,
        audience: audience[0] ?? "",
        subject: "somebody",
        scopes: api.routes.flatMap(({ auth }) => (auth.type === "jwt" ? auth.scopes : [])),
        issuedAt: now,
        expiresAt: now + 3_600,
        ...changes,
      });
    },
    stop: close,
  };
}
