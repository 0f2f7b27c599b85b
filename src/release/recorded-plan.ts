import { deploymentPrefix } from "../names.ts";
import type { RecoveryPlan, RoutePlan, ServicePlan } from "../plan/index.ts";

/** What plans did not say yet that earlier versions of lambdakit have recorded. */
type RecordedPlan = Omit<ServicePlan, "secrets" | "api" | "place" | "recovery" | "deployment"> & {
  readonly secrets?: ServicePlan["secrets"];
  readonly place?: ServicePlan["place"];
  readonly api: Omit<ServicePlan["api"], "authorizer" | "routes"> & {
    readonly authorizer?: ServicePlan["api"]["authorizer"];
    readonly routes: readonly (Omit<RoutePlan, "auth" | "throttling"> & Partial<RoutePlan>)[];
  };
  readonly recovery: Pick<RecoveryPlan, "rpoMinutes" | "rtoMinutes"> & Partial<RecoveryPlan>;
  readonly deployment: Omit<ServicePlan["deployment"], "history"> & { readonly history?: string };
};

/**
 * Reads a plan that was recorded with a release, by this version of lambdakit or by an earlier one: what such a plan
 * does not say is filled in with what held then. No function had a secret, everybody could call every route, and none
 * had a limit of its own; nothing was backed up by a schedule, and nothing stood by.
 */
export function readRecordedPlan(text: string): ServicePlan {
  const {
    secrets = [],
    place = "primary",
    api,
    recovery,
    ...plan
  }: RecordedPlan = JSON.parse(text);
  const { authorizer = null, ...others } = api;
  const routes = api.routes.map(
    (route): RoutePlan => ({ auth: { type: "none" }, throttling: null, ...route }),
  );
  const { rpoMinutes, rtoMinutes, backups = null, standby = null } = recovery;
  return {
    ...plan,
    place,
    secrets,
    api: { ...others, authorizer, routes },
    recovery: { rpoMinutes, rtoMinutes, backups, standby },
    deployment: { history: deploymentPrefix(plan.service, plan.environment), ...plan.deployment },
  };
}
