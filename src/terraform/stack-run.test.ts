import { appendFile, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type FakeTerraform, fakeTerraform } from "../../test/fake-terraform.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { type StackOptions, StackRun } from "./stack-run.ts";

const resource = { addr: "aws_iam_role.a", resource_type: "aws_iam_role" };
const toCreate = { type: "planned_change", change: { action: "create", resource } };
const shown = {
  address: resource.addr,
  type: resource.resource_type,
  mode: "managed",
  change: { actions: ["create"] },
};

let terraform: FakeTerraform;
let options: StackOptions;
let steps: string[];
beforeEach(async () => {
  terraform = await fakeTerraform({
    plan: { out: [toCreate] },
    show: { out: [{ resource_changes: [shown] }] },
    output: { out: ["{}"] },
  });
  steps = [];
  options = {
    terraform,
    stack: "service",
    folder: await temporaryFolder(),
    source: await temporaryFolder({ "stacks/service/main.tf": "# main" }),
    backend: { bucket: "states" },
    variables: { manifest: { a: 1 }, artifacts: { b: 2 } },
    environment: "sit",
    onStep: (what) => steps.push(what),
  };
});

const open = (more: Partial<StackOptions> = {}) => StackRun.open({ ...options, ...more });

/** The commands that Terraform was run with since the last question. */
let asked = 0;
async function commands(): Promise<string[]> {
  const all = (await terraform.calls()).map(([command = ""]) => command);
  const news = all.slice(asked);
  asked = all.length;
  return news;
}
beforeEach(() => {
  asked = 0;
});

describe("a stack that is opened", () => {
  it("has its variables beside it, and Terraform prepared once", async () => {
    await open();
    expect(JSON.parse(await readFile(variables("manifest"), "utf8"))).toEqual({ a: 1 });
    expect(await commands()).toEqual(["init"]);
    await open();
    expect(await commands()).toEqual([]);
  });

  it.each<[string, () => Promise<Partial<StackOptions>>]>([
    [
      "the stack changed",
      async () => ({ source: await temporaryFolder({ "stacks/service/main.tf": "# other" }) }),
    ],
    ["its state lies elsewhere", async () => ({ backend: { bucket: "others" } })],
    ["Terraform is another one", async () => ({ terraform: { ...terraform, version: "1.12.0" } })],
    [
      "somebody has taken away what was prepared",
      async () => {
        await rm(path.join(options.folder, "stacks/service/.terraform"), { recursive: true });
        return {};
      },
    ],
  ])("is prepared again where %s", async (_, change) => {
    await open();
    await commands();
    await open(await change());
    expect(await commands()).toEqual(["init"]);
  });

  it("is prepared again where that has failed", async () => {
    await terraform.answer("init", { complaint: "no", status: 1 });
    await expect(open()).rejects.toMatchObject({ code: "TERRAFORM_FAILED" });
    await terraform.answer("init", {});
    await commands();
    await open();
    expect(await commands()).toEqual(["init"]);
  });

  it("writes down first a state that could not be written the last time", async () => {
    await open();
    const lost = path.join(options.folder, "stacks/service/errored.tfstate");
    await writeFile(lost, "{}");
    await terraform.answer("state", { complaint: "no network", status: 1 });
    await expect(open()).rejects.toMatchObject({ code: "TERRAFORM_FAILED" });
    await stat(lost);
    await terraform.answer("state", {});
    await open();
    await expect(stat(lost)).rejects.toThrow("ENOENT");
    expect(steps).toContain("wrote down the state that could not be written the last time");
  });
});

describe("a plan", () => {
  it("is saved, and applied exactly as it was saved", async () => {
    const changes = await (await open()).plan();
    expect(changes).toMatchObject([{ address: "aws_iam_role.a", action: "create" }]);
    const run = await open();
    expect(await run.savedChanges()).toEqual(changes);
    await run.apply();
    const plan = path.join(options.folder, "plan.tfplan");
    expect((await terraform.calls()).at(-1)).toEqual(["apply", "-json", plan]);
    expect(steps.at(-1)).toBe("applied");
  });

  it("is read where it changes something that is there, and not otherwise", async () => {
    const run = await open();
    await run.plan();
    expect(await commands()).toEqual(["init", "plan"]);
    const change = { action: "update", resource };
    await terraform.answer("plan", { out: [{ type: "planned_change", change }] });
    await run.plan();
    expect(await commands()).toEqual(["plan", "show"]);
  });

  it("is applied once", async () => {
    const run = await open();
    await run.plan();
    await run.apply();
    await expect(run.savedChanges()).rejects.toMatchObject({
      code: "DEPLOY_NO_SAVED_PLAN",
      message: "There is no saved plan for sit.",
      fix: "lambdakit plan --env sit",
    });
  });

  it("that failed leaves none that was saved before", async () => {
    const run = await open();
    await run.plan();
    await terraform.answer("plan", { complaint: "no", status: 1 });
    await expect(run.plan()).rejects.toMatchObject({ code: "TERRAFORM_FAILED" });
    await expect(run.savedChanges()).rejects.toMatchObject({ code: "DEPLOY_NO_SAVED_PLAN" });
  });

  it("that destroys is not applied for one that deploys, nor the other way round", async () => {
    const run = await open();
    await run.plan({ destroys: true });
    await expect(run.savedChanges()).rejects.toMatchObject({ code: "DEPLOY_NO_SAVED_PLAN" });
    await expect(run.savedChanges({ destroys: true })).resolves.toHaveLength(1);
  });

  it.each<[string, () => Promise<Partial<StackOptions>>]>([
    ["the manifest", async () => ({ variables: { manifest: { a: 2 }, artifacts: { b: 2 } } })],
    ["the artifacts", async () => ({ variables: { manifest: { a: 1 }, artifacts: { b: 3 } } })],
    [
      "the stack",
      async () => ({ source: await temporaryFolder({ "stacks/service/main.tf": "# x" }) }),
    ],
    [
      "the manifest and the artifacts",
      async () => ({ variables: { manifest: { a: 2 }, artifacts: { b: 3 } } }),
    ],
    [
      "the plan itself",
      async () => {
        await appendFile(path.join(options.folder, "plan.tfplan"), "more");
        return {};
      },
    ],
  ])("is refused where it is not of what is there now: %s", async (what, change) => {
    await (await open()).plan();
    const run = await open(await change());
    await expect(run.savedChanges()).rejects.toMatchObject({
      code: "DEPLOY_PLAN_STALE",
      message: expect.stringMatching(
        new RegExp(
          `^The plan for sit of \\d{4}-.*Z is not of what is here now: ${what} changed\\.$`,
        ),
      ),
      fix: "lambdakit plan --env sit, and look at it again",
    });
  });

  it("is refused where its file is gone", async () => {
    await (await open()).plan();
    await rm(path.join(options.folder, "plan.tfplan"));
    const run = await open();
    await expect(run.savedChanges()).rejects.toMatchObject({ code: "DEPLOY_NO_SAVED_PLAN" });
  });
});

describe("an apply that does not come to its end", () => {
  const hook = { resource, action: "create", elapsed_seconds: 1 };

  it("is told to the next run, until one does", async () => {
    const run = await open();
    await run.plan();
    const other = { ...hook, resource: { addr: "aws_iam_role.b" } };
    const out = [
      { type: "apply_complete", hook },
      { type: "apply_errored", hook: other },
    ];
    await terraform.answer("apply", { out, status: 1 });
    await expect(run.apply()).rejects.toMatchObject({ code: "TERRAFORM_FAILED" });
    const next = await open();
    expect(await next.unfinished()).toEqual({
      done: ["create aws_iam_role.a"],
      failed: ["create aws_iam_role.b"],
      isComplete: false,
    });
    await expect(next.savedChanges()).rejects.toMatchObject({ code: "DEPLOY_NO_SAVED_PLAN" });
    await terraform.answer("apply", {});
    await next.plan();
    expect(await next.unfinished()).toBeDefined();
    await next.apply();
    expect(await (await open()).unfinished()).toBeUndefined();
  });

  it("is told no longer where nothing is left to do", async () => {
    const run = await open();
    await run.plan();
    await terraform.answer("apply", { complaint: "killed", status: 137 });
    await expect(run.apply()).rejects.toMatchObject({ code: "TERRAFORM_FAILED" });
    await terraform.answer("plan", {});
    await run.plan();
    expect(await (await open()).unfinished()).toBeUndefined();
  });
});

function variables(name: string): string {
  return path.join(options.folder, `${name}.tfvars.json`);
}
