import { type ApiPlan, type PreflightPlan, routePath } from "../../plan/index.ts";
import { type Probe, routeName } from "./probe.ts";

/** `.invalid` is nobody's, for ever. @see https://www.rfc-editor.org/rfc/rfc2606 */
export const foreignOrigin = "https://verify.invalid";

/** The origin that every request comes from: one that is allowed. */
export function allowedOrigin({ cors }: ApiPlan): string {
  const [first = "*"] = cors.allowOrigins;
  return cors.allowOrigins.includes("*") ? foreignOrigin : first;
}

/** What a browser asks before it lets a script send something, for each path. */
export function preflightProbes(api: ApiPlan): Probe[] {
  return api.preflights.map((preflight): Probe => {
    const operation = { method: "OPTIONS", path: preflight.path };
    return {
      id: `${routeName(operation)} preflight`,
      what: `lets scripts send ${preflight.allowMethods.join(", ")}`,
      route: routeName(operation),
      operation,
      request: {
        method: "OPTIONS",
        path: routePath(preflight.path, exampleParameters(api, preflight)),
        headers: {
          "Access-Control-Request-Method": preflight.allowMethods[0] ?? "GET",
          "Access-Control-Request-Headers": api.cors.allowHeaders.join(",").toLowerCase(),
        },
        body: null,
      },
      statuses: [200],
      names: [],
    };
  });
}

function exampleParameters({ routes }: ApiPlan, { path }: PreflightPlan): Record<string, string> {
  return { ...routes.find((one) => one.path === path)?.example.pathParameters };
}
