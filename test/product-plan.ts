import product from "../services/product/service.ts";
import { type Manifest, validateManifest } from "../src/manifest/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../src/plan/index.ts";

/** @throws {Error} where the Product service's manifest has problems */
export function productManifest(changes: object = {}): Manifest {
  const validation = validateManifest({ ...product, ...changes });
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return validation.manifest;
}

export function productPlan(environment: EnvironmentName): ServicePlan {
  return planService(productManifest(), environment);
}

/** The plan in DEV, or of a service that has other functions, or something else about its API. */
export function changedPlan(functions: object = product.functions, api: object = {}): ServicePlan {
  return planService(productManifest({ functions, api: { ...product.api, ...api } }), "dev");
}
