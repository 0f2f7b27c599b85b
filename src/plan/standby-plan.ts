import type { Manifest } from "../manifest/index.ts";
import { deploymentPrefix, standbyName, stateKey } from "../names.ts";
import { type PlanOptions, planService } from "./plan-service.ts";
import type { EnvironmentName, FunctionPlan, ServicePlan } from "./types.ts";

/**
 * The service as it stands by in an environment's `recoveryRegion`; null where there is none. It is the same
 * service in the same account, so that what has a name in a region is called the same there, and the same requests
 * get the same answers. Only what is named once in an account has another name: roles and the dashboard.
 *
 * - Its tables are replicas, which the primary makes: they are looked up, and nobody's to make or delete here.
 * - Its state and artifacts lie in buckets of its own region, its state and history where a copy of the primary's
 *   are not in the way.
 * - Nothing is promoted from it.
 */
export function standbyPlan(
  manifest: Manifest,
  environment: EnvironmentName,
  options?: PlanOptions,
): ServicePlan | null {
  const { recoveryRegion: region } = manifest.environments[environment];
  if (region === undefined) return null;
  const plan = planService(
    {
      ...manifest,
      environments: {
        ...manifest.environments,
        [environment]: { ...manifest.environments[environment], region },
      },
    },
    environment,
    options,
  );
  const { api, deployment } = plan;
  const place = standbyName(environment);
  return {
    ...plan,
    place: "standby",
    functions: plan.functions.map(standingBy),
    tables: plan.tables.map((table) => ({ ...table, existing: true })),
    api: {
      ...api,
      authorizer: api.authorizer && {
        ...api.authorizer,
        function: standingBy(api.authorizer.function),
      },
    },
    deployment: {
      ...deployment,
      stateKey: stateKey(plan.service, place),
      history: deploymentPrefix(plan.service, place),
      dashboard: standbyName(deployment.dashboard),
      releasesRole: null,
      previous: null,
      next: null,
    },
  };
}

function standingBy(one: FunctionPlan): FunctionPlan {
  return { ...one, role: { ...one.role, name: standbyName(one.role.name) } };
}
