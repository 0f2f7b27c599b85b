import type { AdoptedJwt } from "../model.ts";
import type { Checked } from "../sam/api.ts";
import type { Ledger } from "../source/ledger.ts";
import { childOf, itemsOf, type Tree, textOf } from "../source/tree.ts";

/**
 * Who may call a route of Serverless: everybody where no authorizer is named. One that is none of a manifest's leaves
 * it unsaid, so that the route does not become open.
 * @see https://www.serverless.com/framework/docs/providers/aws/events/apigateway (2026-11-27)
 * @see https://www.serverless.com/framework/docs/providers/aws/events/http-api (2026-11-27)
 */
export function readAuthorizer(
  event: Tree | undefined,
  /** `provider.httpApi.authorizers` */
  authorizers: Tree | undefined,
  ledger: Ledger,
): Checked {
  const stated = childOf(event, "authorizer");
  if (stated === undefined) return { auth: "none", jwt: undefined };
  const type = textOf(childOf(stated, "type"))?.toLowerCase();
  const name = textOf(stated) ?? textOf(childOf(stated, "name"));
  if (type === "aws_iam" || name?.toLowerCase() === "aws_iam") {
    ledger.carry(stated);
    return { auth: "iam", jwt: undefined };
  }
  const shared = childOf(authorizers, name ?? "");
  const sharedType = textOf(childOf(shared, "type"))?.toLowerCase() ?? "jwt";
  const ofPool = textOf(childOf(stated, "arn"))?.includes(":userpool/") ?? false;
  const isOfTokens =
    (shared !== undefined && sharedType === "jwt") || ofPool || type === "cognito_user_pools";
  const scopesTree = childOf(stated, "scopes");
  const scopes = itemsOf(scopesTree).map(textOf);
  const known = scopes.filter((scope): scope is string => scope !== undefined && scope !== "");
  if (!isOfTokens || known.length === 0 || known.length < scopes.length) {
    return { auth: undefined, jwt: undefined };
  }
  ledger.carry(scopesTree, childOf(stated, "name"), childOf(stated, "type"));
  return { auth: { scopes: known }, jwt: readIssuer(shared, ledger) };
}

function readIssuer(authorizer: Tree | undefined, ledger: Ledger): AdoptedJwt | undefined {
  const issuerTree = childOf(authorizer, "issuerUrl");
  const audienceTree = childOf(authorizer, "audience");
  const issuer = textOf(issuerTree);
  const audience = itemsOf(audienceTree).map(textOf);
  const known = audience.filter((one): one is string => one !== undefined && one !== "");
  if (issuer === undefined || known.length === 0 || known.length < audience.length)
    return undefined;
  ledger.carry(issuerTree, audienceTree, childOf(authorizer, "type"));
  return { issuer, audience: known };
}
