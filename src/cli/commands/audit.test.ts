import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { git, historyOf, write } from "../../../test/audit/corpus/clean-service.ts";
import { cleanGitHub, gatherFrom } from "../../../test/audit/corpus/github.ts";
import { productCopy } from "../../../test/product-copy.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { withVariables } from "../../../test/variables.ts";
import { gatherFiles } from "../../audit/index.ts";

let service = "";
beforeAll(async () => {
  service = await productCopy();
  // A repository of its own, so that this one's history is not read.
  await git(service, "init", "--quiet");
});
afterAll(() => rm(service, { recursive: true }));

const only = (...ids: string[]) => ["audit", "--service", service, "--only", ids.join(",")];

describe("lambdakit audit", () => {
  it("prints each finding with place, evidence, reason, fix and source, and ends with 2", async () => {
    const { exitCode, stdout } = await lambdakit([...only("not-ignored"), "--quiet"]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain("medium    .gitignore\n");
    expect(stdout).toContain("nothing keeps out .env, node_modules/, .lambdakit/");
    expect(stdout).toContain("fix: add to .gitignore");
    expect(stdout).toContain("https://docs.github.com/");
    expect(stdout).toContain("1 finding: 1 medium. 1 rule checked.");
  });

  it.each([80, 40, 20])("fits into %i columns, but for URLs", async (columns) => {
    const { stdout } = await lambdakit(only("not-ignored", "branch-unprotected"), { columns });
    const wide = stdout
      .split("\n")
      .filter((line) => line.length > columns && !line.includes("https://"));
    expect(wide).toEqual([]);
  });

  it("says what was not looked at, and does not take it for right", async () => {
    onTestFinished(withVariables({ GH_TOKEN: "", GITHUB_TOKEN: "", PATH: "/usr/bin:/bin" }));
    const { exitCode, stdout } = await lambdakit([
      ...only("user-key", "branch-unprotected"),
      "--json",
    ]);
    const { unchecked, checked, findings } = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(findings).toEqual([]);
    expect(checked).toEqual([]);
    expect(unchecked.map(({ what }: { what: string }) => what).sort()).toEqual([
      "GitHub",
      "account of dev",
      "account of prod",
      "account of sit",
    ]);
  });

  it("misses no file where somebody has another for the same, as generate does", async () => {
    const copy = await productCopy();
    onTestFinished(() => rm(copy, { recursive: true }));
    await git(copy, "init", "--quiet");
    await write(copy, ".husky/pre-commit", "npx lint-staged\n");
    await write(copy, ".github/renovate.json", "{}\n");
    await lambdakit(["generate", "--service", copy]);
    const places = async () => {
      const args = ["audit", "--service", copy, "--only", "generated-differs", "--json"];
      const findings: { place: { file: string } }[] = JSON.parse(
        (await lambdakit(args)).stdout,
      ).findings;
      return findings.map(({ place }) => place.file);
    };
    expect(await places()).toEqual([]);
    await rm(path.join(copy, ".husky"), { recursive: true });
    expect(await places()).toEqual(["lefthook.yml"]);
  });

  it("leaves out what is less urgent than asked for", async () => {
    const args = [...only("not-ignored"), "--severity", "high"];
    expect((await lambdakit(args)).exitCode).toBe(0);
  });

  it("lets stand what the baseline accepts, and says what in it fits nothing", async () => {
    const baseline = path.join(await temporaryFolder(), "b.json");
    const entry = { reason: "a test", expires: "2999-01-01" };
    const accepted = [
      { id: "not-ignored", place: ".gitignore", ...entry },
      { id: "not-ignored", place: "elsewhere", ...entry },
    ];
    await writeFile(baseline, JSON.stringify({ accepted }));
    const { exitCode, stdout, stderr } = await lambdakit([
      ...only("not-ignored"),
      "--baseline",
      baseline,
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("1 more accepted by the baseline.");
    expect(stderr).toContain("accepts not-ignored at elsewhere, which is no more");
  });

  it("prints a diff that git applies", async () => {
    const { stdout } = await lambdakit([...only("not-ignored"), "--fix"]);
    expect(stdout).toBe(
      "--- /dev/null\n+++ b/.gitignore\n@@ -0,0 +1,3 @@\n+.env\n+node_modules/\n+.lambdakit/\n",
    );
    const diff = path.join(await temporaryFolder(), "a.diff");
    await writeFile(diff, stdout);
    await git(service, "apply", diff);
    expect((await lambdakit(only("not-ignored"))).exitCode).toBe(0);
    await rm(path.join(service, ".gitignore"));
  });

  it.each([
    [["--only", "secret-in-fil"], "secret-in-file"],
    [["--json", "--sarif"], "leave out"],
    [["--all", "--env", "dev"], "leave out one"],
    [["--baseline", "nowhere.json"], "leave out --baseline"],
  ])("refuses %j", async (args, fix) => {
    const { exitCode, stderr, stdout } = await lambdakit(["audit", "--service", service, ...args]);
    expect(exitCode).toBe(64);
    expect(stderr + stdout).toContain(fix);
  });
});

describe("the history", () => {
  it("has secrets that are no longer in the files, with their commit, and not those that are", async () => {
    const folder = await temporaryFolder();
    const key = ["AK", "IAQWERTZUIOPASDFGH"].join("");
    await git(folder, "init", "--quiet");
    const commit = async (text: string) => {
      await write(folder, "a/notes.md", text);
      await git(folder, "add", ".");
      await git(
        folder,
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b.example",
        "-c",
        "core.hooksPath=/dev/null",
        "commit",
        "-qm",
        "a",
      );
    };
    await commit(`one\n${key}\n`);
    expect(await historyOf(folder, await gatherFiles(folder))).toMatchObject({ leaks: [] });
    await commit("one\n");
    expect(await historyOf(folder, await gatherFiles(folder))).toMatchObject({
      versions: 2,
      leaks: [{ path: "a/notes.md", line: 2, commit: expect.stringMatching(/^[0-9a-f]{40}$/) }],
    });
  });

  it("is not read where there is no repository", async () => {
    const folder = await temporaryFolder({ "a.md": "one\n" });
    expect(await historyOf(folder, await gatherFiles(folder))).toEqual({
      unread: "there is no git repository",
    });
  });
});

describe("GitHub", () => {
  it("leaves unread what the token may not see, and that alone", async () => {
    const forbidden = { status: 403, body: { message: "Resource not accessible by integration" } };
    const { facts } = await gatherFrom({
      ...cleanGitHub,
      "/branches/main/protection": forbidden,
      "/actions/secrets": forbidden,
    });
    expect(facts).toMatchObject({
      rules: { unread: expect.stringContaining("Administration: read") },
      secrets: { unread: expect.stringContaining("403 Resource not accessible") },
      visibility: "private",
    });
  });

  it("takes rulesets for as much as branch protection", async () => {
    const { facts } = await gatherFrom({
      ...cleanGitHub,
      "/branches/main/protection": { status: 404, body: { message: "Branch not protected" } },
      "/rules/branches/main": [
        { type: "deletion", ruleset_source_type: "Repository", ruleset_id: 42 },
        { type: "non_fast_forward", ruleset_source_type: "Repository", ruleset_id: 42 },
        {
          type: "pull_request",
          parameters: { required_approving_review_count: 2, require_code_owner_review: true },
        },
        {
          type: "required_status_checks",
          parameters: {
            required_status_checks: [{ context: "Test product", integration_id: 15368 }],
          },
        },
      ],
    });
    expect(facts).toMatchObject({
      rules: {
        isProtected: true,
        requiredReviews: 2,
        codeOwnerReview: true,
        requiredChecks: ["Test product"],
        allowsForcePush: false,
        allowsDeletion: false,
      },
    });
  });

  it("is not checked at all where the repository cannot be seen", async () => {
    const { facts } = await gatherFrom({});
    expect(facts).toEqual({ unread: expect.stringContaining("GitHub answers 404") });
  });
});
