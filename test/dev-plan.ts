import product from "../services/product/service.ts";
import { validateManifest } from "../src/manifest/index.ts";
import { planService, type ServicePlan } from "../src/plan/index.ts";

/** The plan of the Product service in DEV; or of one that has other functions, or something else about its API. */
export function productPlan(functions: object = product.functions, api: object = {}): ServicePlan {
  const validation = validateManifest({
    ...product,
    functions,
    api: { ...product.api, ...api },
  });
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return planService(validation.manifest, "dev");
}
