/** The modules and stacks by Terraform's own means, against a mocked provider: no emulator, no account. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  copyTerraform,
  findTerraform,
  isLacking,
  type RunTerraform,
  terraformIn,
} from "../../terraform.ts";
import { keepProviders, type Providers } from "../../terraform-provider.ts";

const { tools, lacks } = findTerraform();
const isSkipped = isLacking(lacks, "Terraform's modules are not tested");

describe.skipIf(isSkipped)("Terraform's modules", { timeout: 300_000 }, () => {
  let folder: string;
  let terraform: RunTerraform;
  let providers: Providers;
  beforeAll(async () => {
    if (tools === undefined) return;
    folder = await mkdtemp(path.join(tmpdir(), "lambdakit-terraform-"));
    await copyTerraform(folder, { emulator: false });
    providers = keepProviders(tools);
    terraform = await terraformIn(folder, tools, providers);
  });
  afterAll(async () => {
    await providers?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it("are laid out as terraform fmt does it", async () => {
    const { exitCode, stdout } = await terraform("", ["fmt", "-check", "-recursive"]);
    expect([exitCode, stdout]).toEqual([0, ""]);
  });

  it.each(["service", "account", "recovery-region"])(
    "are valid, and pass their own tests: %s",
    async (stack) => {
      const inStack = (...args: string[]) => terraform(`stacks/${stack}`, args);
      const init = await inStack("init", "-backend=false", "-no-color");
      expect(init.exitCode, init.stderr).toBe(0);
      const validate = await inStack("validate", "-json");
      expect(JSON.parse(validate.stdout)).toMatchObject({ valid: true, diagnostics: [] });
      const test = await inStack("test", "-no-color");
      expect(test.exitCode, `${test.stdout}\n${test.stderr}`).toBe(0);
      expect(test.stdout).toMatch(/^Success! \d+ passed, 0 failed\.$/m);
    },
  );
});
