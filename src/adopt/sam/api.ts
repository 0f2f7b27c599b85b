import type { RouteAuth } from "../../manifest/index.ts";
import type { AdoptedJwt } from "../model.ts";
import type { Ledger } from "../source/ledger.ts";
import { childOf, itemsOf, type Tree, textOf } from "../source/tree.ts";

/** What an event's API says of its callers: its own `Auth`, or that of Globals. */
export interface ApiAuth {
  readonly auth: Tree | undefined;
}

export interface Checked {
  /** Undefined where only a human can say. */
  readonly auth: RouteAuth | undefined;
  readonly jwt: AdoptedJwt | undefined;
}

/**
 * Who may call a route. Nobody is asked for anything where no authorizer is named: that is said. An authorizer that
 * is none of a manifest's leaves it unsaid, so that the route does not become open.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-controlling-access-to-apis.html (2026-11-27)
 */
export function readAuth(event: Tree | undefined, api: Tree | undefined, ledger: Ledger): Checked {
  const own = childOf(event, "Authorizer");
  const byDefault = childOf(api, "DefaultAuthorizer");
  const named = own ?? byDefault;
  if (named === undefined) return { auth: "none", jwt: undefined };
  const name = textOf(named);
  if (name === "NONE") {
    ledger.carry(named);
    return { auth: "none", jwt: undefined };
  }
  if (name === "AWS_IAM") {
    ledger.carry(named);
    return { auth: "iam", jwt: undefined };
  }
  const authorizer = childOf(api, "Authorizers", name ?? "");
  const stated =
    childOf(event, "AuthorizationScopes") ?? childOf(authorizer, "AuthorizationScopes");
  const scopes = itemsOf(stated).map(textOf);
  const isOfTokens =
    childOf(authorizer, "JwtConfiguration") !== undefined ||
    childOf(authorizer, "UserPoolArn") !== undefined;
  const known = scopes.filter((scope): scope is string => scope !== undefined && scope !== "");
  if (!isOfTokens || known.length === 0 || known.length < scopes.length) {
    return { auth: undefined, jwt: undefined };
  }
  ledger.carry(named, stated);
  return { auth: { scopes: known }, jwt: readIssuer(authorizer, ledger) };
}

function readIssuer(authorizer: Tree | undefined, ledger: Ledger): AdoptedJwt | undefined {
  const configuration = childOf(authorizer, "JwtConfiguration");
  const issuerTree = childOf(configuration, "issuer");
  const audienceTree = childOf(configuration, "audience");
  const issuer = textOf(issuerTree);
  const audience = itemsOf(audienceTree).map(textOf);
  const known = audience.filter((one): one is string => one !== undefined && one !== "");
  if (issuer === undefined || known.length === 0 || known.length < audience.length)
    return undefined;
  ledger.carry(issuerTree, audienceTree);
  return { issuer, audience: known };
}
