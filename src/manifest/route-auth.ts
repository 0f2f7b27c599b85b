import type { Manifest } from "./schema.ts";
import type { RouteAuth } from "./types.ts";

type Stated = Manifest["functions"][string]["auth"];
type ForOne = "none" | "iam" | { scopes: string[] };

/** What a function's `auth` says of one of its routes; undefined where it says nothing. */
export function routeAuthOf(auth: Stated, route: string): ForOne | undefined {
  if (auth === undefined || isForAll(auth)) return auth;
  return Object.hasOwn(auth, route) ? auth[route] : undefined;
}

/** What is stated by route has keys with a space in them, and so never one called `scopes`. */
export function isForAll(auth: RouteAuth | Readonly<Record<string, RouteAuth>>): auth is RouteAuth {
  return typeof auth === "string" || Object.hasOwn(auth, "scopes");
}
