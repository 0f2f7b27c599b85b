/** Below it the local service answers as an OpenID provider does. */
export const issuerPath = "/_lambdakit/issuer";

/**
 * Who issues the tokens of a local service: the service itself, at its own port. No environment in AWS
 * believes it, since its address is this machine.
 */
export function localIssuer(port: number): { readonly issuer: string; readonly jwksUri: string } {
  const issuer = `http://127.0.0.1:${port}${issuerPath}`;
  return { issuer, jwksUri: `${issuer}/.well-known/jwks.json` };
}
