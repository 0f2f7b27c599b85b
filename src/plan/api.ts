import type { HttpMethod, Manifest } from "../manifest/index.ts";
import { planAuthorizer, planRouteAuth } from "./auth.ts";
import { planContract } from "./contract.ts";
import type { ApiPlan, EnvironmentName, JwtPlan, RoutePlan } from "./types.ts";

/** @param jwt whose tokens are taken; undefined where nobody's are */
export function planApi(
  manifest: Manifest,
  environment: EnvironmentName,
  jwt: JwtPlan | undefined,
): ApiPlan {
  const routes = Object.entries(manifest.functions).flatMap(([key, definition]) =>
    definition.routes.map((route, position): RoutePlan => {
      const [method, path] = route.split(" ") as [HttpMethod, string];
      const { pathParameters, query, body = null } = definition.example;
      return {
        method,
        path,
        function: key,
        auth: planRouteAuth(definition.auth, route),
        throttling: definition.throttling ?? null,
        example: { pathParameters, query, body },
        ...planContract(method, path, definition.schemas),
        from: `functions.${key}.routes[${position}]`,
      };
    }),
  );
  const name = `${manifest.prefix}-${manifest.name}-api-${environment}`;
  return {
    name,
    stage: manifest.api.stage,
    binaryMediaTypes: manifest.api.binaryMediaTypes,
    routes,
    preflights: preflights(routes),
    cors: manifest.api.cors,
    throttling: manifest.api.throttling,
    authorizer: planAuthorizer(manifest, environment, routes, jwt),
    logGroup: {
      name: `/aws/apigateway/${name}`,
      retentionDays: manifest.environments[environment].logRetentionDays,
    },
    from: "api",
  };
}

function preflights(routes: readonly RoutePlan[]): ApiPlan["preflights"] {
  const paths = [...new Set(routes.map(({ path }) => path))];
  return paths.map((path) => ({
    path,
    allowMethods: [
      ...routes.filter((route) => route.path === path).map(({ method }) => method),
      "OPTIONS",
    ],
  }));
}
