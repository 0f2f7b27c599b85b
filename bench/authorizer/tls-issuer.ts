import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { listen } from "../../src/dev/gateway/listen.ts";
import { issueToken } from "../../src/dev/issuer/issue-token.ts";
import { openSigningKey } from "../../src/dev/issuer/signing-key.ts";
import type { JwtPlan } from "../../src/plan/index.ts";
import { makeCertificate } from "../functions/certificate.ts";

export interface TlsIssuer {
  readonly jwksUri: string;
  /** The file of the certificate that it has. */
  readonly certificate: string;
  /** API Gateway's question about a token of this issuer, which may create products for an hour. */
  readonly event: object;
  stop(): Promise<void>;
}

/** An issuer with one RSA key, as Cognito's are, that serves it over TLS on this machine. */
export async function startTlsIssuer(
  workDirectory: string,
  { issuer, audience }: Pick<JwtPlan, "issuer" | "audience">,
): Promise<TlsIssuer> {
  const { keyFile, certificateFile } = makeCertificate(workDirectory, "issuer");
  const key = await openSigningKey(workDirectory);
  const body = JSON.stringify({ keys: [key.publicKey] });
  const server = createServer(
    { key: readFileSync(keyFile), cert: readFileSync(certificateFile) },
    (_, response) => {
      response.setHeader("Content-Type", "application/json");
      response.end(body);
    },
  );
  const { port, close } = await listen(server, 0);
  const issuedAt = Math.floor(Date.now() / 1000);
  const token = issueToken(key, {
    issuer,
    audience: audience[0] ?? "",
    subject: "bench",
    scopes: ["products:write"],
    issuedAt,
    expiresAt: issuedAt + 3600,
  });
  return {
    jwksUri: `https://127.0.0.1:${port}/.well-known/jwks.json`,
    certificate: certificateFile,
    event: {
      type: "TOKEN",
      authorizationToken: `Bearer ${token}`,
      methodArn: "arn:aws:execute-api:eu-west-1:123456789012:abc123/v1/POST/v1.0/products",
    },
    stop: close,
  };
}
