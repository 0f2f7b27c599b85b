import type { Problem } from "../../errors/index.ts";
import type { Check } from "./check.ts";

/**
 * One function answers a route, and API Gateway can build the resource tree: below one parent there
 * is one name for a path parameter.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export const checkRoutes: Check = ({ functions = {} }) => {
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  const parameters = new Map<string, string>();

  for (const [key, { routes = [] }] of Object.entries(functions)) {
    for (const [position, route] of routes.entries()) {
      const path = ["functions", key, "routes", position];
      const owner = owners.get(route);
      owners.set(route, owner ?? key);
      if (owner !== undefined) {
        problems.push({
          code: "MANIFEST_ROUTE_TAKEN",
          path,
          message: `${route} is answered by "${owner}" and by "${key}"`,
          fix: `remove it from "${key}", or give it another method or path`,
        });
      }
      const conflict = parameterConflict(route, parameters);
      if (conflict !== undefined) {
        problems.push({
          code: "MANIFEST_ROUTE_CONFLICT",
          path,
          message: `${route} says {${conflict.here}} where another route says {${conflict.there}}`,
          fix: `write {${conflict.there}}`,
        });
      }
    }
  }
  return problems;
};

function parameterConflict(route: string, parameters: Map<string, string>) {
  const segments = route.slice(route.indexOf("/") + 1).split("/");
  let parent = "";
  for (const segment of segments) {
    const here = /^\{(\w+\+?)\}$/.exec(segment)?.[1];
    if (here !== undefined) {
      const there = parameters.get(parent) ?? here;
      parameters.set(parent, there);
      if (there !== here) return { here, there };
    }
    parent += `/${segment}`;
  }
  return undefined;
}
