import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fakeTerraform } from "../../test/fake-terraform.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { findTerraform } from "./find-terraform.ts";

const fix = "install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install";

async function saying(...out: readonly (string | object)[]): Promise<string> {
  return (await fakeTerraform({ version: { out } })).program;
}

describe("the Terraform of this machine", () => {
  it.each(["1.11.0", "1.11.4", "1.12.0", "2.0.1", "1.13.0-rc1"])(
    "is found with its version, %s",
    async (version) => {
      const program = await saying({ terraform_version: version, terraform_outdated: true });
      expect(await findTerraform(program)).toEqual({ program, version });
    },
  );

  it("is asked for its version and nothing else", async () => {
    const terraform = await fakeTerraform({ version: { out: [{ terraform_version: "1.11.4" }] } });
    await findTerraform(terraform.program);
    expect(await terraform.calls()).toEqual([["version", "-json"]]);
  });

  it("may complain of a setting before it says its version", async () => {
    const warning = "There are some problems with the CLI configuration:";
    const program = await saying(warning, { terraform_version: "1.11.4" });
    expect(await findTerraform(program)).toMatchObject({ version: "1.11.4" });
  });

  it.each(["1.10.5", "0.15.5", "1.2.9"])("is refused where it is as old as %s", async (version) => {
    await expect(findTerraform(await saying({ terraform_version: version }))).rejects.toMatchObject(
      {
        code: "TERRAFORM_VERSION",
        message: `This is Terraform ${version}, and 1.11 is the oldest that locks a state in S3 alone.`,
        fix,
      },
    );
  });

  it("is missed where there is none", async () => {
    await expect(findTerraform("no-such-terraform")).rejects.toMatchObject({
      code: "TERRAFORM_NOT_FOUND",
      message: "There is no terraform on this machine's PATH.",
      fix,
    });
  });

  it("is missed where what is called so may not be started", async () => {
    const file = path.join(await temporaryFolder(), "terraform");
    await writeFile(file, "");
    await chmod(file, 0o644);
    await expect(findTerraform(file)).rejects.toMatchObject({
      code: "TERRAFORM_NOT_FOUND",
      message: expect.stringMatching(/^terraform cannot be started: .*EACCES/),
      fix,
    });
  });

  it("is missed where what is called so says something else", async () => {
    await expect(findTerraform(await saying("Usage: terraform SONG"))).rejects.toMatchObject({
      code: "TERRAFORM_NOT_FOUND",
      message: "terraform does not say its version:\nUsage: terraform SONG",
      fix,
    });
  });
});
