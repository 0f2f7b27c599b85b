import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { findProvider, findProviderProgram } from "./find-provider.ts";

const stack = ".lambdakit/terraform/dev/stacks/service";
const lock = (name: string) => `# This file is maintained automatically by "terraform init".

provider "registry.terraform.io/hashicorp/${name}" {
  version     = "5.100.0"
  constraints = "~> 5.100"
  hashes = [
  ]
}
`;
const provider = { [`${stack}/.terraform/providers/host/hashicorp/aws/x`]: "" };

describe("the AWS provider of a service", () => {
  it("is known once Terraform has got it", async () => {
    const files = { ...provider, [`${stack}/.terraform.lock.hcl`]: lock("aws") };
    expect(await findProvider(await temporaryFolder(files))).toBe("5.100.0");
  });

  it.each([
    ["nothing was planned yet", {}],
    ["Terraform is about to get it", { [`${stack}/.terraform.lock.hcl`]: lock("aws") }],
    ["it is of something else", { ...provider, [`${stack}/.terraform.lock.hcl`]: lock("null") }],
    ["what was chosen is not written down", provider],
  ])("is not known where %s", async (_, files: Record<string, string>) => {
    expect(await findProvider(await temporaryFolder(files))).toBeUndefined();
  });

  it("is a program of Terraform's own, once it has unpacked one", async () => {
    const place = `${stack}/.terraform/providers/host/hashicorp/aws/5.100.0/linux_amd64`;
    const program = `${place}/terraform-provider-aws_v5.100.0_x5`;
    const folder = await temporaryFolder({ [`${place}/LICENSE.txt`]: "", [program]: "" });
    expect(await findProviderProgram(folder)).toBe(path.join(folder, program));
    expect(await findProviderProgram(await temporaryFolder(provider))).toBeUndefined();
  });
});
