import type { RoutePlan, ServicePlan } from "../plan/index.ts";

/** What plans did not say yet that earlier versions of lambdakit have recorded. */
type RecordedPlan = Omit<ServicePlan, "secrets" | "api"> & {
  readonly secrets?: ServicePlan["secrets"];
  readonly api: Omit<ServicePlan["api"], "authorizer" | "routes"> & {
    readonly authorizer?: ServicePlan["api"]["authorizer"];
    readonly routes: readonly (Omit<RoutePlan, "auth" | "throttling"> & Partial<RoutePlan>)[];
  };
};

/**
 * Reads a plan that was recorded with a release, by this version of lambdakit or by an earlier one: what such a plan
 * does not say is filled in with what held then. No function had a secret, everybody could call every route, and none
 * had a limit of its own.
 */
export function readRecordedPlan(text: string): ServicePlan {
  const { secrets = [], api, ...plan }: RecordedPlan = JSON.parse(text);
  const { authorizer = null, ...others } = api;
  const routes = api.routes.map(
    (route): RoutePlan => ({ auth: { type: "none" }, throttling: null, ...route }),
  );
  return { ...plan, secrets, api: { ...others, authorizer, routes } };
}
