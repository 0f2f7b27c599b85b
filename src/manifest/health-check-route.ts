import { routeAuthOf } from "./route-auth.ts";
import type { Manifest } from "./schema.ts";

/** What has to be known of a function, which may be all that could be read of it. */
interface Answering {
  readonly routes?: readonly string[] | undefined;
  readonly auth?: Manifest["functions"][string]["auth"];
}

/**
 * The first route that Route 53 can ask for: it sends a GET without a token, always to the same path, and takes
 * 2xx and 3xx for an answer. Undefined where there is none.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html (2026-11-27)
 */
export function healthCheckRoute<Definition extends Answering>(
  functions: Readonly<Record<string, Definition>>,
): { readonly definition: Definition; readonly path: string } | undefined {
  for (const definition of Object.values(functions)) {
    for (const route of definition.routes ?? []) {
      const [method, path = ""] = route.split(" ");
      if (method !== "GET" || path.includes("{")) continue;
      if (routeAuthOf(definition.auth, route) === "none") return { definition, path };
    }
  }
  return undefined;
}
