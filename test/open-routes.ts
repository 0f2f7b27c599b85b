import { type RouteAuthVariable, routeName } from "../src/names.ts";

const methods = ["GET", "POST", "PUT", "DELETE"];
const paths = ["/", "/things", "/things/{thingId}", "/v1.0/things/{thingId}"];

/** `ROUTE_AUTH` for tests whose routes are open to everybody: what they are about comes behind it. */
export const openRoutes: string = JSON.stringify({
  issuer: "",
  routes: Object.fromEntries(
    paths.flatMap((path) => methods.map((method) => [routeName({ method, path }), "none"])),
  ),
} satisfies RouteAuthVariable);
