/** An authorizer as most would write it: one verifier, its keys fetched before the first request, one method allowed. */
import { JwtVerifier } from "aws-jwt-verify";

const verifier = JwtVerifier.create({
  issuer: process.env.AUTHORIZER_ISSUER,
  audience: process.env.AUTHORIZER_AUDIENCE.split(" "),
  jwksUri: process.env.AUTHORIZER_JWKS_URI,
});
await verifier.hydrate();

export const handler = async ({ authorizationToken, methodArn }) => {
  const { sub } = await verifier.verify(authorizationToken.replace(/^Bearer /, ""));
  const statement = { Action: "execute-api:Invoke", Effect: "Allow", Resource: methodArn };
  return { principalId: sub, policyDocument: { Version: "2012-10-17", Statement: [statement] } };
};
