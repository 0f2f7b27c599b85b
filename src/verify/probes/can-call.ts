import type { RoutePlan } from "../../plan/index.ts";

/** Whether a route lets us in. Nothing here signs a request, as a route for IAM's callers wants it. */
export function canCall({ auth }: RoutePlan, hasToken: boolean): boolean {
  return auth.type === "none" || (auth.type === "jwt" && hasToken);
}
