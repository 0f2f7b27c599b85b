import { pathParametersOf } from "../../manifest/index.ts";
import { kebabCase } from "../../names.ts";

/** A method and a path, such as `GET /v1.0/orders/{orderId}`. */
export type RouteText = string;

/** A value for each parameter of their paths, for examples and tests. */
export function sampleParameters(routes: readonly RouteText[]): Record<string, string> {
  return Object.fromEntries(routes.flatMap(pathParametersOf).map((name) => [name, "1"]));
}

/** As a file's name: `GET /v1.0/orders/{orderId}/lines` → `get-v1-0-orders-order-id-lines`. */
export function slugOf(route: RouteText): string {
  return kebabCase(route)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
