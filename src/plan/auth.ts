import { authorizer, type Manifest, routeAuthOf } from "../manifest/index.ts";
import {
  authorizerVariables,
  environmentVariables,
  type RouteAuthVariable,
  routeName,
} from "../names.ts";
import { planLambdaFunction } from "./lambda-function.ts";
import type {
  AuthorizerPlan,
  EnvironmentName,
  FunctionPlan,
  JwtPlan,
  RouteAuthPlan,
  RoutePlan,
} from "./types.ts";

type Auth = Manifest["functions"][string]["auth"];

/**
 * Who may call one of a function's routes. What is not stated is a problem of the manifest; were it to come
 * here all the same, nobody may but whom IAM allows to.
 */
export function planRouteAuth(auth: Auth, route: string): RouteAuthPlan {
  const stated = routeAuthOf(auth, route);
  if (typeof stated === "object")
    return { type: "jwt", scopes: [...new Set(stated.scopes)].sort() };
  return { type: stated ?? "iam" };
}

/** Whose tokens are taken in an environment; undefined where the manifest does not say. */
export function planJwt(
  jwt: Manifest["environments"][EnvironmentName]["jwt"],
): JwtPlan | undefined {
  if (jwt === undefined) return undefined;
  const { issuer, audience, jwksUri } = jwt;
  return {
    issuer,
    audience: typeof audience === "string" ? [audience] : audience,
    jwksUri: jwksUri ?? `${issuer.replace(/\/$/, "")}/.well-known/jwks.json`,
  };
}

/** The value of `ROUTE_AUTH`: what a function holds a request against, whatever the gateway did. */
export function routeAuthVariable(
  routes: readonly Pick<RoutePlan, "method" | "path" | "auth">[],
  jwt: JwtPlan | undefined,
): string {
  const asked = routes.some(({ auth }) => auth.type === "jwt");
  const value: RouteAuthVariable = {
    issuer: asked ? (jwt?.issuer ?? "") : "",
    routes: Object.fromEntries(
      routes.map((route) => [
        routeName(route),
        route.auth.type === "jwt" ? route.auth.scopes : route.auth.type,
      ]),
    ),
  };
  return JSON.stringify(value);
}

/** What API Gateway asks before it calls a function whose route has scopes; null where there is no such route. */
export function planAuthorizer(
  manifest: Manifest,
  environment: EnvironmentName,
  routes: readonly RoutePlan[],
  jwt: JwtPlan | undefined,
): AuthorizerPlan | null {
  const guarded = routes.filter(({ auth }) => auth.type === "jwt");
  if (guarded.length === 0 || jwt === undefined) return null;
  const from = `environments.${environment}.jwt`;
  return {
    ...jwt,
    function: planFunction(manifest, environment, guarded, jwt, from),
    cacheSeconds,
    from,
  };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html, which has it as its default (2026-11-27) */
const cacheSeconds = 300;

function planFunction(
  manifest: Manifest,
  environment: EnvironmentName,
  guarded: readonly RoutePlan[],
  jwt: JwtPlan,
  from: string,
): FunctionPlan {
  return planLambdaFunction(manifest, environment, {
    ...authorizer,
    reservedConcurrency: null,
    ephemeralStorageMb: 512,
    environmentVariables: {
      [environmentVariables.environment]: environment,
      [environmentVariables.logLevel]: manifest.environments[environment].logLevel,
      [environmentVariables.serviceName]: manifest.name,
      [environmentVariables.routeAuth]: routeAuthVariable(guarded, jwt),
      [authorizerVariables.issuer]: jwt.issuer,
      [authorizerVariables.audience]: jwt.audience.join(" "),
      [authorizerVariables.jwksUri]: jwt.jwksUri,
    },
    statements: [],
    from,
  });
}
