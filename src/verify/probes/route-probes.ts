import { routeName } from "../../names.ts";
import type { RoutePlan } from "../../plan/index.ts";
import { bodyRefusals } from "./body-refusals.ts";
import { exampleRequest } from "./example-request.ts";
import { parameterRefusals } from "./parameter-refusals.ts";
import { isSafe, type Probe } from "./probe.ts";
import type { Accepts } from "./violations.ts";

/** What can be asked of a route without changing anything: its example, where it only reads, and what it must refuse. */
export function routeProbes(route: RoutePlan, accepts: Accepts): Probe[] {
  return [
    ...(isSafe(route) ? [exampleProbe(route)] : []),
    ...parameterRefusals(route, accepts),
    ...bodyRefusals(route, accepts),
  ];
}

/** Whether a probe is the route's example, as it stands. */
export function isExample({ statuses, names }: Probe): boolean {
  return names.length === 0 && statuses.some((status) => status < 400);
}

/** The example's item need not be there, where the contract states what is answered then. */
function exampleProbe(route: RoutePlan): Probe {
  const statuses = exampleStatuses(route);
  return {
    id: `${routeName(route)} example`,
    what: `answers its example, with ${statuses.join(" or ")}`,
    route: routeName(route),
    operation: route,
    request: exampleRequest(route),
    statuses,
    names: [],
    isForeign: false,
  };
}

function exampleStatuses({ responses, path }: RoutePlan): number[] {
  const hasParameters = path.includes("{");
  // A contract that states nothing promises no more than an answer that is no error.
  if (responses.length === 0) return hasParameters ? [200, 204, 404] : [200, 204];
  return responses
    .map(({ status }) => status)
    .filter((status) => status < 400 || (hasParameters && status === 404));
}
