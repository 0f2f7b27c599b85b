import type { RoutePlan, ServicePlan } from "../../plan/index.ts";
import { callerRefusals } from "./caller-refusals.ts";
import { canCall } from "./can-call.ts";
import { foreignProbes } from "./origins.ts";
import { preflightProbes } from "./preflight-probes.ts";
import type { Probe } from "./probe.ts";
import { isExample, routeProbes } from "./route-probes.ts";
import type { Accepts } from "./violations.ts";

/**
 * Every request that can be sent to a service without changing anything, in the order of its routes. A
 * request that has to be refused changes nothing; where it does all the same, that is what was looked for.
 *
 * @param hasToken without one, a route that asks for it is only asked whether it refuses that
 */
export function deriveProbes({ api }: ServicePlan, accepts: Accepts, hasToken: boolean): Probe[] {
  const isRoute = api.routes.some((route) => takes(route, noRouteProbe.request.path));
  return [
    ...api.routes.flatMap((route) => {
      const probes = canCall(route, hasToken) ? routeProbes(route, accepts) : [];
      return [...callerRefusals(route), ...probes, ...foreignProbes(api, probes.filter(isExample))];
    }),
    ...preflightProbes(api).flatMap((probe) => [probe, ...foreignProbes(api, [probe])]),
    ...(isRoute ? [] : [noRouteProbe]),
  ];
}

/** API Gateway's own answer, which has to have CORS headers too. */
const noRouteProbe: Probe = {
  id: "no-route",
  what: "refuses a path that is no route, with 403",
  route: null,
  operation: null,
  request: {
    method: "GET",
    path: "/no-route/of/this-service",
    headers: {},
    body: null,
    wantsToken: false,
  },
  statuses: [403],
  names: [],
  isForeign: false,
};

/** Whether a path is one of a route's: a parameter takes one segment, a greedy one all that are left. */
function takes({ path: template }: RoutePlan, path: string): boolean {
  const pattern = template
    .split("/")
    .map((segment) => {
      if (!segment.startsWith("{")) return segment.replace(/[^\w-]/g, "\\$&");
      return segment.endsWith("+}") ? ".+" : "[^/]+";
    })
    .join("/");
  return new RegExp(`^${pattern}$`).test(path);
}
