/** The workflow that publishes lambdakit: what npm trusts is a job that runs nothing of the repository. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import {
  checkPipeline,
  isUnreadable,
  type Job,
  parseWorkflow,
  pinnedActions,
} from "../../src/pipeline/index.ts";
import { githubErrors } from "../workflows/github-schema.ts";
import { productPlans, productSite } from "../workflows/product-workflows.ts";

const path = ".github/workflows/release.yml";
const text = await readFile(path, "utf8");
const workflow = parseWorkflow(path, text);
if (isUnreadable(workflow)) throw new Error(workflow.reason);

function job(id: string): Job {
  const found = isUnreadable(workflow) ? undefined : workflow.jobs.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no job ${id}`);
  return found;
}

describe("the release workflow", () => {
  it("is what GitHub takes, and nothing is wrong with it for the service beside it", async () => {
    expect(await githubErrors(path, text)).toEqual([]);
    expect(checkPipeline(productPlans, [{ path, text }], productSite.service)).toEqual([]);
  });

  it("starts at the tag of a version alone, with no right but those that a job states", () => {
    expect([...workflow.triggers]).toEqual([["push", { tags: ["v*"] }]]);
    expect(workflow.permissions).toEqual({});
    expect(workflow.jobs.map(({ id, permissions }) => [id, permissions])).toEqual([
      ["pack", { contents: "read" }],
      ["publish", { actions: "read", "id-token": "write" }],
    ]);
    expect(text).not.toContain("secrets.");
  });

  it("publishes with provenance what another job has packed and checked, and runs no code beside it", () => {
    const publish = job("publish");
    expect(publish.needs).toEqual(["pack"]);
    expect(publish.environment).toBe("npm");
    const commands = publish.steps.flatMap(({ run }) => run ?? []);
    expect(commands).toEqual([
      expect.stringMatching(/^gh run download /),
      [
        "npm publish ./package/lambdakit-*.tgz --provenance --access public --ignore-scripts",
        "npm publish ./package/create-lambdakit-*.tgz --provenance --access public --ignore-scripts",
        "",
      ].join("\n"),
    ]);
    expect(job("pack").steps.flatMap(({ run }) => run ?? [])).toEqual(
      expect.arrayContaining(["npm ci", "npm run check", "npm audit"]),
    );
  });

  it("gives npm create the version that it makes services with", async () => {
    const [toolkit, create] = await Promise.all(
      ["package.json", "create/package.json"].map(async (file) =>
        JSON.parse(await readFile(file, "utf8")),
      ),
    );
    expect(create.version).toBe(toolkit.version);
    expect(create.dependencies).toEqual({ lambdakit: toolkit.version });
    expect(await readFile("create/LICENSE", "utf8")).toBe(await readFile("LICENSE", "utf8"));
  });

  it("holds every action at the commit that workflows of services have", () => {
    const pins = Object.values(pinnedActions).map(({ name, commit }) => `${name}@${commit}`);
    const used = workflow.jobs.flatMap(({ steps }) =>
      steps.flatMap(({ uses }) => (uses ? [`${uses.name}@${uses.ref}`] : [])),
    );
    expect(used.filter((one) => !pins.includes(one))).toEqual([]);
    expect(used).toHaveLength(4);
  });
});
