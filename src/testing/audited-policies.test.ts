import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { productPlan } from "../../test/product-plan.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { permissionVariables } from "../names.ts";
import { type FunctionPlan, permissionsOf } from "../plan/index.ts";
import { auditedPolicies } from "./audited-policies.ts";

const lambda = (key: string) =>
  productPlan("dev").functions.find((one) => one.key === key) as FunctionPlan;
const products = "arn:aws:dynamodb:eu-west-1:536580886816:table/products-dev";
const call = (action: string, ...keys: string[]) => ({
  action: `dynamodb:${action}`,
  resource: products,
  context: { "dynamodb:LeadingKeys": keys },
});

async function policies(without?: string) {
  const file = path.join(await temporaryFolder(), "record.jsonl");
  const judgeOf = auditedPolicies({
    [permissionVariables.record]: file,
    ...(without && { [permissionVariables.without]: without }),
  });
  if (judgeOf === undefined) throw new Error("nobody audits");
  const record = async () =>
    (await readFile(file, "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  return { judgeOf, record };
}

describe("the policies of a service that tests start", () => {
  it("are its own, and nothing is written, where nobody audits", () => {
    expect(auditedPolicies({})).toBeUndefined();
  });

  it("say which test has started it, once", async () => {
    // Which is unknown here: the toolkit's own tests lie where its files do.
    const { record } = await policies();
    expect(await record()).toEqual([{ test: null, seen: "service" }]);
  });

  it("say of each permission once that a call needs it", async () => {
    const { judgeOf, record } = await policies();
    const judge = judgeOf(lambda("create"));
    for (const key of ["PRODUCT#1", "PRODUCT#2"]) {
      expect(judge(call("PutItem", key)).effect).toBe("allowed");
    }
    const seen = (await record()).slice(1);
    expect(seen.map((one) => [one.seen, one.permission])).toEqual([
      ["needed", `functions.create.tables.products[0] dynamodb:PutItem ${products} PRODUCT#*`],
    ]);
  });

  it("say of a call that is refused nothing, and refuse it", async () => {
    const { judgeOf, record } = await policies();
    expect(judgeOf(lambda("get"))(call("PutItem", "PRODUCT#1")).effect).toBe("implicit-deny");
    expect(await record()).toHaveLength(1);
  });

  it("say of permissions that stand for each other that none is needed", async () => {
    const { judgeOf, record } = await policies();
    const get = lambda("get");
    const [statement] = get.role.statements.filter(({ from }) => from.endsWith("products[0]"));
    if (statement === undefined) throw new Error("get may get nothing");
    const again = { ...statement, from: "functions.get.tables.products[9]" };
    const twice = { ...get, role: { ...get.role, statements: [...get.role.statements, again] } };
    judgeOf(twice)(call("GetItem", "PRODUCT#1"));
    expect((await record()).slice(1).map(({ seen }) => seen)).toEqual(["covered", "covered"]);
  });

  it("lack the permission that is taken away, and say where it was missed", async () => {
    const create = lambda("create");
    const without = permissionsOf(create).find((one) => one.partitionKeys === "IDEMPOTENCY#*")?.id;
    const { judgeOf, record } = await policies(without);
    const judge = judgeOf(create);
    expect(judge(call("PutItem", "PRODUCT#1")).effect).toBe("allowed");
    expect(await record()).toHaveLength(1);
    expect(judge(call("PutItem", "IDEMPOTENCY#1")).effect).toBe("implicit-deny");
    expect((await record()).slice(1)).toEqual([
      { test: null, seen: "removed", permission: without },
    ]);
    // Another function has it still, and what nobody has is no loss.
    expect(judgeOf(lambda("get"))(call("GetItem", "PRODUCT#1")).effect).toBe("allowed");
    expect(judge(call("DeleteItem", "PRODUCT#1")).effect).toBe("implicit-deny");
    expect(await record()).toHaveLength(2);
  });
});
