import { routeName } from "../../names.ts";
import { type ApiPlan, type PreflightPlan, routePath } from "../../plan/index.ts";
import type { Probe } from "./probe.ts";

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
        wantsToken: false,
      },
      statuses: [200],
      names: [],
      isForeign: false,
    };
  });
}

function exampleParameters({ routes }: ApiPlan, { path }: PreflightPlan): Record<string, string> {
  return { ...routes.find((one) => one.path === path)?.example.pathParameters };
}
