import type { APIGatewayProxyEvent } from "aws-lambda";
import {
  clockSkewSeconds,
  environmentVariables,
  type RouteAuthVariable,
  routeName,
} from "../names.ts";
import { HttpError } from "./http-error.ts";

/** Who sent a request, as API Gateway has found out. */
export interface Caller {
  /** The token's `sub`, or the ARN of whom IAM let in. */
  readonly subject: string;
  /** The token's scopes; none where IAM decides. */
  readonly scopes: readonly string[];
}

/**
 * Holds a request once more against what the manifest says of its route, whatever API Gateway did: an API that
 * somebody changed by hand, and an authorizer's answer that is older than the token, let nobody in.
 *
 * @param now milliseconds
 * @returns null where the route is open
 * @throws {HttpError} 401, 403
 * @throws {Error} where `ROUTE_AUTH` does not say who may call this route: then nobody may
 */
export function admitCaller(event: APIGatewayProxyEvent, now: number): Caller | null {
  const route = routeName({ method: event.httpMethod, path: event.resource });
  const { issuer, routes } = routeAuth();
  const asked = Object.hasOwn(routes, route) ? routes[route] : undefined;
  if (asked === "none") return null;
  if (asked === "iam") return iamCaller(event);
  if (!Array.isArray(asked) || asked.length === 0) {
    throw new Error(`${environmentVariables.routeAuth} does not say who may call ${route}`);
  }
  const caller = tokenCaller(event, issuer, now);
  if (!asked.every((scope) => caller.scopes.includes(scope))) throw forbidden();
  return caller;
}

function routeAuth(): RouteAuthVariable {
  const { issuer = "", routes = {} } = JSON.parse(
    process.env[environmentVariables.routeAuth] ?? "{}",
  ) as Partial<RouteAuthVariable>;
  return { issuer, routes };
}

/** API Gateway states who signed a request; of one that nobody has signed it states nothing. */
function iamCaller({ requestContext }: APIGatewayProxyEvent): Caller {
  const { userArn } = requestContext.identity ?? {};
  if (typeof userArn !== "string" || userArn === "") throw forbidden();
  return { subject: userArn, scopes: [] };
}

/** What the authorizer passed on. Everything in it is a text, and has to be one. */
function tokenCaller(
  { requestContext }: APIGatewayProxyEvent,
  issuer: string,
  now: number,
): Caller {
  const { sub, scope, iss, exp }: Record<string, unknown> = requestContext.authorizer ?? {};
  const texts = [sub, scope, iss, exp].every((one) => typeof one === "string");
  if (!texts || sub === "" || issuer === "" || iss !== issuer) throw unauthorized();
  // API Gateway keeps an authorizer's answer for minutes, and the token may end before.
  if (!/^\d{1,15}$/.test(String(exp)) || (Number(exp) + clockSkewSeconds) * 1000 <= now) {
    throw unauthorized();
  }
  return { subject: String(sub), scopes: String(scope).split(" ").filter(Boolean) };
}

function unauthorized(): HttpError {
  return new HttpError(401, "This needs a valid token.", {
    headers: { "WWW-Authenticate": "Bearer" },
  });
}

function forbidden(): HttpError {
  return new HttpError(403, "You may not do this.");
}
