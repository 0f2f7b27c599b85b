import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { validateManifest } from "../manifest/index.ts";
import { planService } from "../plan/index.ts";
import { ejectStack, isEjected } from "./eject.ts";

const validation = validateManifest(product);
if (!validation.ok) throw new Error("the Product service has problems");
const dev = planService(validation.manifest, "dev");

describe("an ejected stack", () => {
  it("is the stack and the modules as lambdakit has them, and none of what an emulator needs", async () => {
    const service = await temporaryFolder();
    expect(isEjected(service)).toBe(false);
    const { directory } = await ejectStack(service, [dev]);
    expect(directory).toBe(path.join(service, "terraform/stacks/service"));
    expect(isEjected(service)).toBe(true);
    for (const file of ["stacks/service/main.tf", "modules/function/main.tf"]) {
      const [theirs, ours] = [path.join(service, "terraform", file), path.join("terraform", file)];
      expect(await readFile(theirs, "utf8")).toBe(await readFile(ours, "utf8"));
    }
    const override = path.join(service, "terraform/modules/function/emulator_override.tf");
    await expect(readFile(override)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("comes with what to type there, seen from its folder", async () => {
    const { commands } = await ejectStack(await temporaryFolder(), [dev]);
    expect(commands).toEqual([
      {
        environment: "dev",
        init: "terraform init -reconfigure -backend-config=bucket=bbws-terraform-state-536580886816-eu-west-1 -backend-config=key=services/product/dev.tfstate -backend-config=region=eu-west-1",
        plan: "terraform plan -var-file=../../environments/dev.tfvars.json -var-file=../../../.lambdakit/terraform/dev/artifacts.tfvars.json",
      },
    ]);
  });

  it("is not written over a second time: somebody may have changed it", async () => {
    const service = await temporaryFolder({ "terraform/stacks/service/main.tf": "# mine" });
    await expect(ejectStack(service, [dev])).rejects.toMatchObject({ code: "DEPLOY_EJECTED" });
    const file = path.join(service, "terraform/stacks/service/main.tf");
    expect(await readFile(file, "utf8")).toBe("# mine");
  });
});
