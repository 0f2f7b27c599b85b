/**
 * Breaks the Product service's workflows, one edit at a time, and asks whether the check names the fault.
 * What it says of the workflows as they are is asked first: nothing.
 */
import { describe, expect, it } from "vitest";
import { checkPipeline, findingMeanings, type WorkflowFile } from "../../src/pipeline/index.ts";
import { approval } from "./faults/approval.ts";
import { code } from "./faults/code.ts";
import { occasions } from "./faults/occasions.ts";
import { order } from "./faults/order.ts";
import { rights } from "./faults/rights.ts";
import { runs } from "./faults/runs.ts";
import { scripts } from "./faults/scripts.ts";
import { productPlans, productWorkflow, productWorkflows } from "./product-workflows.ts";

const faults = [occasions, rights, order, approval, code, scripts, runs].flat();

const check = (files: readonly WorkflowFile[], plans = productPlans) =>
  checkPipeline(plans, files, "services/product");

describe("the Product service's workflows", () => {
  it("have nothing wrong with them", () => {
    expect(productWorkflows).toHaveLength(5);
    expect(check(productWorkflows)).toEqual([]);
  });

  it.each(faults)("with the fault %s: %s, in %s", (id, _, name, [from, to]) => {
    const path = `.github/workflows/product-${name}.yml`;
    const text = productWorkflow(name).replace(from, to);
    expect(text, "the edit changes something").not.toBe(productWorkflow(name));
    const found = check([{ path, text }]);
    expect(found.map((finding) => finding.id)).toContain(id);
    for (const { file, place, line, what, fix } of found) {
      expect([file, line > 0, place !== "", what !== "", fix !== ""]).toEqual([
        path,
        true,
        true,
        true,
        true,
      ]);
    }
  });

  it("are the only ones that name the service's roles", () => {
    const path = ".github/workflows/rogue.yml";
    const [, , ...lines] = productWorkflow("deploy-prod").split("\n");
    const text = lines.join("\n");
    const [finding] = check([{ path, text }]);
    expect(finding).toMatchObject({
      id: "role-elsewhere",
      file: path,
      place: "line 90",
      what: "names bbws-plan-product-prod",
    });
    const stranger = text.replaceAll("-product-", "-orders-");
    expect(check([{ path, text: stranger }])).toEqual([]);
    expect(check([{ path, text: "jobs: [" }])).toEqual([]);
  });

  it("are named where they are left over", () => {
    const path = ".github/workflows/shop-deploy-prod.yml";
    const text = productWorkflow("deploy-prod");
    const leftOver = { id: "left-over", file: path, fix: `git rm ${path}` };
    expect(check([{ path, text }])).toMatchObject([leftOver]);
    const closed = productPlans.map((plan) => ({
      ...plan,
      deployment: { ...plan.deployment, repository: null },
    }));
    expect(check(productWorkflows, closed).map(({ id }) => id)).toEqual(Array(5).fill("left-over"));
    const other = text
      .replace("services/product", "services/shop")
      .replaceAll("-product-", "-shop-");
    expect(check([{ path, text: other }])).toEqual([]);
  });

  it("are broken here in every way that the check knows", () => {
    const tried = new Set<string>([...faults.map(([id]) => id), "role-elsewhere", "left-over"]);
    expect(Object.keys(findingMeanings).filter((id) => !tried.has(id))).toEqual([]);
  });
});
