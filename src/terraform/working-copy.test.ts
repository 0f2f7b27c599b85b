import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { withVariables } from "../../test/variables.ts";
import { copyStack } from "./working-copy.ts";

let folder: string;
beforeEach(async () => {
  folder = path.join(await temporaryFolder(), "dev");
});

const aStack = () =>
  temporaryFolder({
    "modules/bucket/main.tf": "# bucket",
    "modules/bucket/tests/bucket.tftest.hcl": "# tests",
    "modules/bucket/README.md": "# for people",
    "stacks/service/main.tf": "# service",
    "stacks/service/more.tf.json": "{}",
    "stacks/service/dev.tfvars": "# somebody's",
    "stacks/service/.terraform/modules/modules.json": "{}",
    "stacks/service/.terraform/providers/main.tf": "# not to be copied",
    "stacks/account/main.tf": "# account",
  });

describe("a copy of a stack", () => {
  it("has the stack and all modules, without their tests and what Terraform has written", async () => {
    const { directory, files } = await copyStack(folder, "service", { source: await aStack() });
    expect(directory).toBe(path.join(folder, "stacks/service"));
    expect([...files.keys()].sort()).toEqual([
      "modules/bucket/README.md",
      "modules/bucket/main.tf",
      "stacks/service/dev.tfvars",
      "stacks/service/main.tf",
      "stacks/service/more.tf.json",
    ]);
    for (const [name, contents] of files) {
      expect(await readFile(path.join(folder, name))).toEqual(contents);
    }
  });

  it("has further files where they are given", async () => {
    const source = await aStack();
    const { directory } = await copyStack(folder, "account", {
      source,
      more: { "state.tf": "# state" },
    });
    expect(await readFile(path.join(directory, "state.tf"), "utf8")).toBe("# state");
    await copyStack(folder, "account", { source });
    await expect(stat(path.join(directory, "state.tf"))).rejects.toThrow("ENOENT");
  });

  it("writes only what differs, and takes away what is gone", async () => {
    const source = await aStack();
    const { directory } = await copyStack(folder, "service", { source });
    const times = async () => (await stat(path.join(directory, "main.tf"))).mtimeMs;
    const before = await times();
    await writeFile(path.join(source, "stacks/service/new.tf"), "# new");
    await writeFile(path.join(directory, "old.tf"), "# old");
    await writeFile(path.join(directory, "more.tf.json"), '{"changed": true}');
    await copyStack(folder, "service", { source });
    expect(await times()).toBe(before);
    expect(await readFile(path.join(directory, "more.tf.json"), "utf8")).toBe("{}");
    expect(await readFile(path.join(directory, "new.tf"), "utf8")).toBe("# new");
    await expect(stat(path.join(directory, "old.tf"))).rejects.toThrow("ENOENT");
  });

  it("leaves alone what Terraform has written there", async () => {
    const source = await aStack();
    const { directory } = await copyStack(folder, "service", { source });
    const own = [".terraform/providers/x.tf", ".terraform.lock.hcl", "errored.tfstate"];
    await mkdir(path.join(directory, ".terraform/providers"), { recursive: true });
    for (const name of own) await writeFile(path.join(directory, name), name);
    await copyStack(folder, "service", { source });
    for (const name of own) {
      expect(await readFile(path.join(directory, name), "utf8")).toBe(name);
    }
  });

  it.each(["service", "account", "recovery-region"] as const)(
    "of %s is lambdakit's own otherwise",
    async (stack) => {
      setEndpoint(undefined);
      const { files } = await copyStack(folder, stack);
      expect([...files.keys()]).toContain(`stacks/${stack}/main.tf`);
      expect([...files.keys()]).toContain("modules/bucket/main.tf");
      expect([...files.keys()].filter((name) => name.includes("emulator"))).toEqual([]);
    },
  );

  it("has what an emulator needs to be otherwise where one is used, and no longer than that", async () => {
    const overrides = (files: ReadonlyMap<string, unknown>) =>
      [...files.keys()].filter((name) => name.endsWith("_override.tf")).sort();
    setEndpoint("http://127.0.0.1:5000");
    expect(overrides((await copyStack(folder, "service")).files)).toEqual([
      "modules/backup-vault/emulator_override.tf",
      "modules/backup/emulator_override.tf",
      "modules/function/emulator_override.tf",
      "modules/replication/emulator_override.tf",
      "modules/rest-api/emulator_override.tf",
      "modules/service-alarm/emulator_override.tf",
      "modules/table/emulator_override.tf",
      "stacks/service/emulator_override.tf",
    ]);
    setEndpoint("https://vpce-1.execute-api.eu-west-1.vpce.amazonaws.com");
    expect(overrides((await copyStack(folder, "service")).files)).toEqual([]);
    const left = path.join(folder, "modules/function/emulator_override.tf");
    await expect(stat(left)).rejects.toThrow("ENOENT");
  });
});

function setEndpoint(endpoint: string | undefined): void {
  onTestFinished(withVariables({ AWS_ENDPOINT_URL: endpoint }));
}
