import type { Manifest } from "../manifest/index.ts";
import { planService, type ServicePlan } from "../plan/index.ts";
import { localIssuer } from "./issuer/local-issuer.ts";

/**
 * The service as it is on this machine: as in DEV, but for whose tokens are taken. These are the local
 * issuer's, and nobody else's.
 *
 * @param port the port that the service is served on
 */
export function localPlan(manifest: Manifest, port: number): ServicePlan {
  const { audience = [] } = manifest.environments.dev.jwt ?? {};
  return planService(manifest, "dev", {
    jwt: { ...localIssuer(port), audience: [audience].flat() },
  });
}
