import { failoverTimes, healthCheckRoute, type Manifest } from "../manifest/index.ts";
import type { DomainPlan, EnvironmentName, RecoveryPlan } from "./types.ts";

/** What may be lost, for how long, and what stands by for it. */
export function planRecovery(manifest: Manifest, environment: EnvironmentName): RecoveryPlan {
  const { recoveryRegion } = manifest.environments[environment];
  return {
    ...manifest.recovery,
    standby:
      recoveryRegion === undefined
        ? null
        : {
            region: recoveryRegion,
            domain: planDomain(manifest, environment),
            from: `environments.${environment}.recoveryRegion`,
          },
  };
}

function planDomain(manifest: Manifest, environment: EnvironmentName): DomainPlan | null {
  const { domain } = manifest.environments[environment];
  const route = healthCheckRoute(manifest.functions);
  // Without such a route the domain is a problem of the manifest.
  if (domain === undefined || route === undefined) return null;
  const { recordTtlSeconds, healthCheck } = failoverTimes(manifest.recovery.rtoMinutes);
  return {
    ...domain,
    recordTtlSeconds,
    healthCheck: {
      path: `/${manifest.api.stage}${route.path}${queryOf(route.definition.example.query)}`,
      ...healthCheck,
    },
    from: `environments.${environment}.domain`,
  };
}

function queryOf(query: Readonly<Record<string, string>>): string {
  const parameters = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return parameters.length === 0 ? "" : `?${parameters.join("&")}`;
}
