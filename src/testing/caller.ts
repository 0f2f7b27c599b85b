import { authorizerContext, environmentVariables, type RouteAuthVariable } from "../names.ts";

/** Who sends a request to a route that asks for scopes. */
export interface TestCaller {
  /** @default "tester" */
  readonly subject?: string;
  readonly scopes: readonly string[];
}

/** What API Gateway tells a function of whoever sent a request. */
export interface CallerContext {
  /** What the authorizer found out; undefined where nobody asked it. */
  readonly authorizer: Readonly<Record<string, string>> | undefined;
  /** Whoever signed the request; null where nobody did. */
  readonly userArn: string | null;
}

/** The hour that a token is good for, in seconds. */
const lifetime = 3_600;

/**
 * What the event says of a caller, from what `ROUTE_AUTH` asks of the route.
 *
 * @param route such as `GET /v1.0/products`
 * @param caller null is a request without a token; undefined is whoever may call the route
 */
export function callerContext(route: string, caller: TestCaller | null | undefined): CallerContext {
  const nobody = { authorizer: undefined, userArn: null };
  if (caller === null) return nobody;
  const { issuer = "", routes = {} }: Partial<RouteAuthVariable> = JSON.parse(
    process.env[environmentVariables.routeAuth] ?? "{}",
  );
  const asked = Object.hasOwn(routes, route) ? routes[route] : undefined;
  if (asked === "iam") return { ...nobody, userArn: "arn:aws:iam::123456789012:user/tester" };
  const { subject = "tester", scopes } = caller ?? { scopes: Array.isArray(asked) ? asked : [] };
  if (!Array.isArray(asked) && caller === undefined) return nobody;
  const expiresAt = Math.floor(Date.now() / 1_000) + lifetime;
  const context = authorizerContext({ subject, issuer, scopes, expiresAt });
  return { authorizer: { principalId: subject, ...context }, userArn: null };
}
