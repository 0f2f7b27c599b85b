import type { HttpMethod, Manifest } from "../manifest/index.ts";
import { planContract } from "./contract.ts";
import type { ApiPlan, EnvironmentName, RoutePlan } from "./types.ts";

export function planApi(manifest: Manifest, environment: EnvironmentName): ApiPlan {
  const routes = Object.entries(manifest.functions).flatMap(([key, definition]) =>
    definition.routes.map((route, position): RoutePlan => {
      const [method, path] = route.split(" ") as [HttpMethod, string];
      const { pathParameters, query, body = null } = definition.example;
      return {
        method,
        path,
        function: key,
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
