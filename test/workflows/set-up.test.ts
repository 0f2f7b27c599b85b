/** The commands that set up GitHub, as the documentation prints them, and the findings that it lists. */
import { execFile } from "node:child_process";
import { chmod, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { findingMeanings } from "../../src/pipeline/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { productPlans, productWorkflows } from "./product-workflows.ts";

/** Writes each call into a file of its own: its words, and what it was given to read. */
const gh = `#!/usr/bin/env bash
here=\${0%/*}
call=$here/call-$(printf %03d "$(ls "$here" | wc -l)")
printf '%s\\n' "$*" > "$call"
case "$*" in *"--input -"*) cat >> "$call" ;; *--jq*) echo 42 ;; esac
`;

async function setUp() {
  const document = await readFile("docs/reference/pipeline.md", "utf8");
  const [, script = ""] = /^```sh\n(.*?)^```$/ms.exec(document) ?? [];
  const folder = await temporaryFolder({ gh });
  await chmod(path.join(folder, "gh"), 0o755);
  const variables = { PATH: `${folder}${path.delimiter}${process.env.PATH}` };
  await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], { env: variables });
  const files = (await readdir(folder)).filter((name) => name.startsWith("call-")).sort();
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), "utf8")));
  return texts.map((text) => {
    const [command = "", ...body] = text.trimEnd().split("\n");
    return { command, body: body.length === 0 ? undefined : JSON.parse(body.join("\n")) };
  });
}

const jobs = productWorkflows.flatMap(({ text }) =>
  Object.values<{ name: string; environment?: string }>(parse(text).jobs),
);

describe("the commands that set up GitHub", () => {
  it("make the environments that the workflows name, with reviewers where somebody has to confirm", async () => {
    const calls = await setUp();
    const repository = productPlans[0]?.deployment.repository;
    const made = calls.flatMap(({ command, body }) => {
      const [, name] =
        new RegExp(`^api --method PUT repos/${repository}/environments/([\\w-]+)( |$)`).exec(
          command,
        ) ?? [];
      return name === undefined ? [] : [{ name, body }];
    });
    const named = new Set(jobs.flatMap(({ environment }) => environment ?? []));
    expect(made.map(({ name }) => name).sort()).toEqual([...named].sort());
    const reviewed = made.filter(
      ({ body }) => body?.reviewers?.[0]?.id === 42 && body.prevent_self_review,
    );
    const confirmed = productPlans.filter(({ approval }) => approval.confirmation !== null);
    expect(reviewed.map(({ name }) => name)).toEqual(
      confirmed.map(({ environment }) => environment),
    );
  });

  it("let main alone into every environment but that of pull requests", async () => {
    const calls = await setUp();
    const held = calls.flatMap(({ command }) => {
      const [, name] =
        /POST \S+\/environments\/([\w-]+)\/deployment-branch-policies --field name=main$/.exec(
          command,
        ) ?? [];
      return name ?? [];
    });
    expect(held).toEqual(["dev", "sit-plan", "sit", "prod-plan", "prod"]);
    const closed = calls.flatMap(({ command, body }) =>
      body?.deployment_branch_policy?.custom_branch_policies ? [command.split(/[/ ]/).at(-3)] : [],
    );
    expect(closed.sort()).toEqual([...held].sort());
  });

  it("ask for the check that pull requests have", async () => {
    const calls = await setUp();
    const rules = calls.flatMap(({ body }) => body?.rules ?? []);
    const checks = rules.flatMap(({ parameters }) => parameters?.required_status_checks ?? []);
    const names = jobs.map(({ name }) => name);
    expect(checks).toEqual([{ context: "Test product" }]);
    expect(names).toContain("Test product");
  });
});

describe("docs/reference/pipeline.md", () => {
  it("says of every finding what the check says", async () => {
    const document = await readFile("docs/reference/pipeline.md", "utf8");
    const [, table = ""] =
      /^\| Finding \| Means \|\n\|---\|---\|\n((?:\|.*\n)+)/m.exec(document) ?? [];
    const rows = [...table.matchAll(/^\| `([\w-]+)` \| (.*) \|$/gm)].map(([, id, means]) => [
      id,
      means,
    ]);
    expect(Object.fromEntries(rows)).toEqual(findingMeanings);
  });
});
