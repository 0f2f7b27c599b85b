import { describe, expect, it } from "vitest";
import { fakeTerraform } from "../../test/fake-terraform.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { importFile, tableAddress } from "./index.ts";
import { Terraform } from "./terraform.ts";

const state = {
  version: 4,
  resources: [
    {
      module: 'module.table["products"]',
      mode: "managed",
      type: "aws_dynamodb_table",
      name: "protected",
      instances: [{ index_key: 0, attributes: { id: "products-prod" } }],
    },
    {
      mode: "managed",
      type: "aws_s3_bucket",
      name: "one",
      instances: [{ attributes: { id: "a" } }],
    },
    {
      mode: "managed",
      type: "aws_iam_role",
      name: "many",
      instances: [{ index_key: 'a"b', attributes: { id: "b" } }],
    },
    { mode: "data", type: "aws_dynamodb_table", name: "existing", instances: [{}] },
  ],
};

async function openTerraform(answers: Parameters<typeof fakeTerraform>[0]) {
  const program = await fakeTerraform(answers);
  const directory = await temporaryFolder();
  return {
    program,
    terraform: new Terraform({ terraform: program, directory, environment: "prod" }),
  };
}

describe("what Terraform looks after", () => {
  it("is told by address, with the id of each, and nothing that it only looks up", async () => {
    const { terraform } = await openTerraform({ state: { out: [state] } });
    expect([...(await terraform.ids())]).toEqual([
      [tableAddress({ environment: "prod" }, "products"), "products-prod"],
      ["aws_s3_bucket.one", "a"],
      ['aws_iam_role.many["a\\"b"]', "b"],
    ]);
  });

  it("is nothing where there is no state yet", async () => {
    const { terraform } = await openTerraform({ state: { out: [] } });
    expect((await terraform.ids()).size).toBe(0);
  });

  it("is forgotten by its address", async () => {
    const { terraform, program } = await openTerraform({ state: {} });
    await terraform.forget("aws_s3_bucket.one");
    expect(await program.calls()).toEqual([["state", "rm", "aws_s3_bucket.one"]]);
  });

  it.each([
    [0, true],
    [2, false],
  ])("has nothing to be changed, by the exit code %i: %s", async (status, isEmpty) => {
    const { terraform, program } = await openTerraform({ plan: { status } });
    expect(await terraform.isEmpty()).toBe(isEmpty);
    expect((await program.calls())[0]).toContain("-detailed-exitcode");
  });

  it("is not known where planning fails", async () => {
    const { terraform } = await openTerraform({ plan: { status: 1, complaint: "no" } });
    await expect(terraform.isEmpty()).rejects.toMatchObject({ code: "TERRAFORM_FAILED" });
  });
});

describe("a table of the stack", () => {
  it("stands where the environment puts it, and is imported there by its name", () => {
    const address = tableAddress({ environment: "dev" }, "products");
    expect(address).toBe('module.table["products"].aws_dynamodb_table.disposable[0]');
    expect(importFile(new Map([[address, "products-dev-restored-20261127-091500"]]))).toBe(
      `import {\n  to = ${address}\n  id = "products-dev-restored-20261127-091500"\n}\n`,
    );
  });
});
