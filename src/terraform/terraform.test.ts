import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type Answer, fakeTerraform } from "../../test/fake-terraform.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { Terraform, type TerraformOptions } from "./terraform.ts";

/** Terraform in a folder, with a fake for the program. */
async function opened(
  answers: Readonly<Record<string, Answer>> = {},
  options: Partial<TerraformOptions> = {},
) {
  const fake = await fakeTerraform(answers);
  const directory = await temporaryFolder();
  const terraform = new Terraform({ terraform: fake, directory, environment: "dev", ...options });
  return { terraform, directory, calls: fake.calls };
}

const diagnostic = (summary: string) => ({
  type: "diagnostic",
  diagnostic: { severity: "error", summary, detail: "" },
});
const planned = (name: string, action: string) => ({
  type: "planned_change",
  change: { action, resource: { addr: `aws_iam_role.${name}`, resource_type: "aws_iam_role" } },
});

describe("Terraform in a folder", () => {
  it("is prepared with what it has to be told of the backend", async () => {
    const { terraform, calls } = await opened();
    await terraform.init({ bucket: "states", key: "a/dev.tfstate" });
    expect(await calls()).toEqual([
      [
        "init",
        "-json",
        "-reconfigure",
        "-backend-config=bucket=states",
        "-backend-config=key=a/dev.tfstate",
      ],
    ]);
  });

  it("plans into a file, with all variables, and says what would change", async () => {
    const file = path.join(await temporaryFolder(), "plan.tfplan");
    const out = ["not JSON", planned("a", "create"), planned("b", "noop"), planned("c", "delete")];
    const variableFiles = ["/x/a.tfvars.json", "/x/b.tfvars.json"];
    const { terraform, calls } = await opened({ plan: { out } }, { variableFiles });
    expect(await terraform.plan(file)).toEqual([
      { address: "aws_iam_role.a", type: "aws_iam_role", action: "create" },
      { address: "aws_iam_role.c", type: "aws_iam_role", action: "delete" },
    ]);
    await terraform.plan(file, true);
    const variables = variableFiles.map((one) => `-var-file=${one}`);
    expect(await calls()).toEqual([
      ["plan", "-json", `-out=${file}`, ...variables],
      ["plan", "-json", `-out=${file}`, "-destroy", ...variables],
    ]);
    expect(await readFile(file, "utf8")).not.toBe("");
  });

  it("applies a file, and has all that it says written down where it survives", async () => {
    const hook = { resource: { addr: "aws_iam_role.a" }, action: "create", elapsed_seconds: 1 };
    const said = [
      { type: "apply_start", hook },
      { type: "apply_complete", hook },
    ];
    const { terraform, calls, directory } = await opened({ apply: { out: said } });
    const log = path.join(directory, "apply.jsonl");
    await terraform.apply("/x/plan.tfplan", log);
    const lines = (await readFile(log, "utf8")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(said);
    expect(await calls()).toEqual([["apply", "-json", "/x/plan.tfplan"]]);
  });

  it("gives outputs by name, and a plan as it shows it", async () => {
    const { terraform } = await opened({
      output: { out: [{ url: { sensitive: false, type: "string", value: "https://a" } }] },
      show: { out: [{ resource_changes: [] }] },
    });
    expect(await terraform.outputs()).toEqual({ url: "https://a" });
    expect(await terraform.show("/x/plan.tfplan")).toEqual({ resource_changes: [] });
  });

  it("asks nobody, and looks for no newer version of itself", async () => {
    const directory = await temporaryFolder({
      // Node.js, which stands for Terraform here, runs the file that is called as the command.
      show: "const { TF_IN_AUTOMATION, TF_INPUT, CHECKPOINT_DISABLE, PATH } = process.env; console.log(JSON.stringify({ TF_IN_AUTOMATION, TF_INPUT, CHECKPOINT_DISABLE, PATH }))",
    });
    const node = { program: process.execPath, version: "1.11.4" };
    const terraform = new Terraform({ terraform: node, directory, environment: "dev" });
    expect(await terraform.show("x")).toEqual({
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      CHECKPOINT_DISABLE: "1",
      PATH: process.env.PATH,
    });
  });

  it("takes away a lock, and writes down a state that was kept aside", async () => {
    const { terraform, calls } = await opened();
    await terraform.unlock("8d5f");
    await terraform.pushState("errored.tfstate");
    expect(await calls()).toEqual([
      ["force-unlock", "-force", "8d5f"],
      ["state", "push", "errored.tfstate"],
    ]);
  });
});

describe("Terraform that fails", () => {
  it("says why in its messages, or else in what it complains of", async () => {
    const { terraform, directory } = await opened({
      apply: { out: [diagnostic("Saved plan is stale")], status: 1 },
      output: { complaint: "Error: no state\n", status: 1 },
    });
    await expect(terraform.apply("x", path.join(directory, "log"))).rejects.toMatchObject({
      code: "DEPLOY_PLAN_STALE",
    });
    await expect(terraform.outputs()).rejects.toMatchObject({
      code: "TERRAFORM_FAILED",
      message: "terraform output failed.\nError: no state",
    });
  });

  it("names the folder where whoever repairs something has to be", async () => {
    const taken = {
      type: "diagnostic",
      diagnostic: {
        severity: "error",
        summary: "creating IAM Role (a): EntityAlreadyExists: there",
        detail: "",
        address: "aws_iam_role.a",
      },
    };
    const { terraform, directory } = await opened({ apply: { out: [taken], status: 1 } });
    await expect(terraform.apply("x", path.join(directory, "log"))).rejects.toMatchObject({
      code: "TERRAFORM_EXISTS_ALREADY",
      fix: expect.stringContaining(`terraform -chdir=${path.relative(".", directory)} import `),
    });
  });

  it("may do so with warnings, and has not failed", async () => {
    const out = [{ type: "diagnostic", diagnostic: { severity: "warning", summary: "Old" } }];
    const { terraform, directory } = await opened({ apply: { out } });
    await expect(terraform.apply("x", path.join(directory, "log"))).resolves.toBeUndefined();
  });

  it("was interrupted where we were, whatever it says", async () => {
    const interruption = new AbortController();
    const out = [diagnostic("operation canceled")];
    const { terraform, directory } = await opened(
      { apply: { out, status: 1 } },
      { interrupted: interruption.signal },
    );
    const applied = terraform.apply("x", path.join(directory, "log"));
    interruption.abort();
    await expect(applied).rejects.toMatchObject({
      code: "DEPLOY_INTERRUPTED",
      exitCode: 130,
      message:
        "You have interrupted it. terraform apply has finished what it had begun, and written it down.",
      fix: "run the command again: it carries on with the rest",
    });
  });

  it("is not even begun after an interruption", async () => {
    const { terraform, calls } = await opened({}, { interrupted: AbortSignal.abort() });
    await expect(terraform.apply("x", "log")).rejects.toMatchObject({
      code: "DEPLOY_INTERRUPTED",
      message: "You have interrupted it. It came before terraform apply, which was not begun.",
    });
    await expect(terraform.outputs()).rejects.toMatchObject({ code: "DEPLOY_INTERRUPTED" });
    expect(await calls()).toEqual([]);
  });
});
