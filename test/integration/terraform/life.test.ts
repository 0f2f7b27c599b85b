/** What a service's whole life asks IAM for is what the deploy role is held against. */
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { findMoto } from "../../../src/emulator/start-moto.ts";
import { productPlan } from "../../product-plan.ts";
import { findTerraform, isLacking } from "../../terraform.ts";
import { heardActions } from "../../trust/heard-actions.ts";
import { terraformLife } from "../../trust/terraform-life.ts";

const { tools, lacks } = findTerraform();
const isSkipped = isLacking([...lacks, ...findMoto()], "Nobody hears what Terraform calls");
const variables = fileURLToPath(
  new URL("../../../services/product/terraform/environments/dev.tfvars.json", import.meta.url),
);

it.skipIf(isSkipped)(
  "Terraform asks for what was heard of it: making, changing and deleting a service",
  async () => {
    if (tools === undefined) return;
    expect(await terraformLife(productPlan("dev"), variables, tools)).toEqual(heardActions);
  },
  900_000,
);
