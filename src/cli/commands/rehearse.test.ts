import { symlink } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { fakeTerraform } from "../../../test/fake-terraform.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { withVariables } from "../../../test/variables.ts";

const product = fileURLToPath(new URL("../../../services/product", import.meta.url));

describe("lambdakit rehearse", () => {
  it("says how to get Terraform where there is none, before anything is started", async () => {
    onTestFinished(withVariables({ PATH: await temporaryFolder() }));
    const { exitCode, stderr } = await lambdakit(["rehearse", "--service", product]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/TERRAFORM_NOT_FOUND[\s\S]*fix: install Terraform/);
  });

  it("says how to get moto where there is none", async () => {
    const out = [{ terraform_version: "1.11.4" }];
    const { program } = await fakeTerraform({ version: { out } });
    const folder = path.dirname(program);
    // It is a script of the shell, and beside that shell's programs there may be moto.
    await symlink("/bin/cat", path.join(folder, "cat"));
    onTestFinished(withVariables({ PATH: folder }));
    const { exitCode, stderr } = await lambdakit(["rehearse", "--service", product]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/REHEARSAL_NO_EMULATOR[\s\S]*fix: pip install 'moto\[server\]>=5\.2'/);
  });
});
