import product from "../services/product/service.ts";
import { type Manifest, validateManifest } from "../src/manifest/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../src/plan/index.ts";

/** @throws {Error} where the Product service's manifest has problems */
export function productManifest(): Manifest {
  const validation = validateManifest(product);
  if (!validation.ok) throw new Error("the Product service has problems");
  return validation.manifest;
}

export function productPlan(environment: EnvironmentName): ServicePlan {
  return planService(productManifest(), environment);
}
