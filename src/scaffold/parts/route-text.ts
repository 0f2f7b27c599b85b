import { kebabOf } from "../words.ts";

/** A method and a path, such as `GET /v1.0/orders/{orderId}`. */
export type RouteText = string;

/** The names between braces, without a greedy one's plus sign. */
export function pathParametersOf(route: RouteText): string[] {
  return [...route.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = ""]) => name);
}

/** A value for each of them, for examples and tests. */
export function sampleParameters(routes: readonly RouteText[]): Record<string, string> {
  return Object.fromEntries(routes.flatMap(pathParametersOf).map((name) => [name, "1"]));
}

/** As a file's name: `GET /v1.0/orders/{orderId}/lines` → `get-v1-0-orders-order-id-lines`. */
export function slugOf(route: RouteText): string {
  return kebabOf(route)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
