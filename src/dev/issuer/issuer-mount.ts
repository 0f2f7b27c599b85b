import type { ServerResponse } from "node:http";
import type { Mount } from "../gateway/mount.ts";
import { issuerPath, localIssuer } from "./local-issuer.ts";
import type { PublicKey } from "./signing-key.ts";

/**
 * What a verifier asks an OpenID provider for: who it is, and its public keys. Tokens are not given out
 * here, but by `lambdakit token`: a page in a browser must not get one.
 *
 * @param publicKey the key as it is now; it may be rotated while `dev` runs
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export function issuerMount(publicKey: () => Promise<PublicKey>): Mount {
  return {
    prefix: issuerPath,
    async handle(request, response) {
      const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
      const { issuer, jwksUri } = localIssuer(request.socket.localPort ?? 0);
      if (request.method !== "GET") return send(response, 405, { message: "It can only be read." });
      if (`http://127.0.0.1:${request.socket.localPort}${pathname}` === jwksUri) {
        return send(response, 200, { keys: [await publicKey()] });
      }
      if (pathname === `${issuerPath}/.well-known/openid-configuration`) {
        return send(response, 200, {
          issuer,
          jwks_uri: jwksUri,
          id_token_signing_alg_values_supported: ["RS256"],
          response_types_supported: ["token"],
          subject_types_supported: ["public"],
        });
      }
      send(response, 404, { message: "There is nothing here." });
    },
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  response.end(JSON.stringify(body));
}
