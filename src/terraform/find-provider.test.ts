import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { findProvider } from "./find-provider.ts";

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
});
