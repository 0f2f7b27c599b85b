import { authorizerKey, environmentVariables, type RouteAuthVariable } from "../names.ts";
import type { FunctionPlan } from "../plan/index.ts";

/** What all functions of a service are told of who may call which route: in a test they have one environment. */
export function routeAuthOf(functions: readonly FunctionPlan[]): string {
  const told = functions
    .filter(({ key }) => key !== authorizerKey)
    .map(({ environmentVariables: one }) => one[environmentVariables.routeAuth] ?? "{}")
    .map((text): Partial<RouteAuthVariable> => JSON.parse(text));
  const value: RouteAuthVariable = {
    issuer: told.map(({ issuer }) => issuer).find(Boolean) ?? "",
    routes: Object.assign({}, ...told.map(({ routes }) => routes)),
  };
  return JSON.stringify(value);
}
