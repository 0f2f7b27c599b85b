import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AuditFacts, audit, rules } from "../../src/audit/index.ts";
import { cleanAccount } from "./corpus/clean-account.ts";
import { factsOf, writeCleanService } from "./corpus/clean-service.ts";
import type { Fault } from "./corpus/fault.ts";
import { fileFaults } from "./corpus/file-faults.ts";
import { cleanGitHub, gatherFrom } from "./corpus/github.ts";
import { outsideFaults } from "./corpus/outside-faults.ts";
import { serviceFaults } from "./corpus/service-faults.ts";

const faults: readonly Fault[] = [...fileFaults, ...serviceFaults, ...outsideFaults];

let folder = "";
let clean: AuditFacts;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lambdakit-audit-"));
  await writeCleanService(folder);
  clean = await factsOf(folder, (await gatherFrom(cleanGitHub)).facts);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

describe("the clean service", () => {
  it("has no finding, and everything was looked at", () => {
    const { findings, unchecked, checked } = audit(clean, rules);
    expect(findings).toEqual([]);
    expect(unchecked).toEqual([]);
    expect(checked).toHaveLength(rules.length);
  });

  it("misses nothing that only GitHub reads, where it names no repository", () => {
    const plans = clean.subject.plans.map((plan) => ({
      ...plan,
      deployment: { ...plan.deployment, repository: null },
    }));
    const gitHubs = [".github/dependabot.yml", ".github/CODEOWNERS", "SECURITY.md"];
    const paths = clean.files.paths.filter((file) => !gitHubs.includes(file));
    const files = clean.files.files.filter(({ path: file }) => paths.includes(file));
    const subject = { ...clean.subject, plans };
    const without = { ...clean, subject, files: { ...clean.files, paths, files } };
    const about = ["dependabot-missing", "code-owners-missing", "security-policy-missing"];
    const missed = (facts: AuditFacts) =>
      audit(facts, rules).findings.filter(({ id }) => about.includes(id));
    expect(missed(without)).toEqual([]);
    expect(missed({ ...without, subject: clean.subject })).toHaveLength(4);
  });
});

describe("a fault", () => {
  it("is one of more than forty, and every rule that is no workflow's own has one", () => {
    expect(faults.length).toBeGreaterThanOrEqual(40);
    const known = new Set(faults.map(({ id }) => id));
    const without = rules.filter(({ id, checks }) => !known.has(id) && checks.files === undefined);
    expect(without.map(({ id }) => id)).toEqual(["secret-in-history"]);
  });

  it.each(faults.map((fault) => [fault.id, fault.what, fault] as const))(
    "is found as %s, and nothing else is: %s",
    async (id, _, fault) => {
      const { findings } = audit(await broken([fault]), rules);
      expect([...new Set(findings.map((one) => one.id))]).toEqual([id]);
      const [{ evidence = "", fix = "", why = "", source = "" } = {}] = findings;
      for (const text of [evidence, fix, why]) expect(text.trim()).not.toBe("");
      expect(source).toMatch(/^https:\/\//);
    },
  );

  it("is found among all the others", async () => {
    const together = faults.filter(({ id }) => !hidesOthers.includes(id));
    const { findings } = audit(await broken(together), rules);
    const found = new Set(findings.map(({ id }) => id));
    expect([...new Set(together.map(({ id }) => id))].filter((id) => !found.has(id))).toEqual([]);
    expect([...found].filter((id) => !together.some((fault) => fault.id === id))).toEqual([]);
  });
});

/** Where a branch is not protected at all, nobody reviews, or there is no lockfile, nothing more is said of them. */
const hidesOthers = ["branch-unprotected", "branch-without-review", "lockfile-missing"];

/** The clean service after these edits. */
async function broken(some: readonly Fault[]): Promise<AuditFacts> {
  const files = new Map(clean.files.files.map(({ path: file, text }) => [file, text]));
  const paths = new Set(clean.files.paths);
  for (const { file } of some) {
    if (file === undefined) continue;
    const [name, edit] = file;
    const text = edit(files.get(name) ?? "");
    if (text === undefined) {
      files.delete(name);
      paths.delete(name);
    } else {
      files.set(name, text);
      paths.add(name);
    }
  }
  const answers = some.reduce((all, { gitHub }) => gitHub?.(all) ?? all, cleanGitHub);
  const { facts } = answers === cleanGitHub ? { facts: clean.gitHub } : await gatherFrom(answers);
  const plans = clean.subject.plans.map((plan) =>
    some.reduce((all, fault) => fault.plan?.(all) ?? all, plan),
  );
  const advisories = some.find((fault) => fault.advisories !== undefined)?.advisories;
  return {
    ...clean,
    subject: { ...clean.subject, plans },
    files: {
      ...clean.files,
      paths: [...paths].sort(),
      files: [...files].map(([file, text]) => ({ path: file, text })),
    },
    gitHub: facts,
    advisories: advisories ?? clean.advisories,
    accounts: plans.map((plan) => ({
      environment: plan.environment,
      account: some
        .filter(({ environment = "prod" }) => environment === plan.environment)
        .reduce((all, fault) => fault.account?.(all) ?? all, cleanAccount(plan)),
    })),
  };
}
