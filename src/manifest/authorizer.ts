import { authorizerEntry, authorizerKey } from "../names.ts";
import { routeAuthOf } from "./route-auth.ts";
import type { Manifest } from "./schema.ts";

/** A function of a service, as far as its artifact goes. */
export interface PackagedFunction {
  readonly key: string;
  readonly entry: string;
  readonly maxPackageSizeKb: number;
  readonly codeCache: boolean;
}

/**
 * What the authorizer is, whatever the manifest says of the service's own functions. Its memory is what a
 * signature's check and the first fetch of keys need; its timeout is above that of the fetch.
 */
export const authorizer = {
  key: authorizerKey,
  entry: authorizerEntry,
  description: "Check the tokens of callers",
  memoryMb: 256,
  timeoutSeconds: 5,
  maxPackageSizeKb: 100,
  codeCache: false,
} as const;

/** The functions that artifacts are made of: those of the manifest, and the authorizer where a route asks for scopes. */
export function packagedFunctions(manifest: Manifest): PackagedFunction[] {
  const own = Object.entries(manifest.functions).map(([key, one]) => ({
    key,
    entry: one.entry,
    maxPackageSizeKb: one.maxPackageSizeKb ?? manifest.maxPackageSizeKb,
    codeCache: one.codeCache ?? manifest.codeCache,
  }));
  const asksForScopes = Object.values(manifest.functions).some(({ auth, routes }) =>
    routes.some((route) => typeof routeAuthOf(auth, route) === "object"),
  );
  return asksForScopes ? [...own, authorizer] : own;
}
