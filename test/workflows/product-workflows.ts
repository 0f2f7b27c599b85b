/** The Product service's workflows, as they are derived: nothing that lies on disk is read. */
import product from "../../services/product/service.ts";
import { environmentNames, validateManifest } from "../../src/manifest/index.ts";
import { type RepositorySite, workflowFiles } from "../../src/pipeline/index.ts";
import { planService } from "../../src/plan/index.ts";

const validation = validateManifest(product);
if (!validation.ok) throw new Error("the Product service has problems");
const { manifest } = validation;

export const productPlans = environmentNames.map((name) => planService(manifest, name));

/** Where the service stands in this repository. */
export const productSite: RepositorySite = {
  service: "services/product",
  installation: ".",
  toolkitSource: ".",
};

export const productWorkflows = workflowFiles(productPlans, productSite);

/** The text of one, by its name behind `product-`. */
export function productWorkflow(name: string): string {
  const file = productWorkflows.find(({ path }) => path.endsWith(`/product-${name}.yml`));
  if (file === undefined) throw new Error(`there is no workflow ${name}`);
  return file.text;
}
