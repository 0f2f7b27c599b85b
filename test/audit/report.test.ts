import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Audit,
  applyBaseline,
  audit,
  type Finding,
  gatherFiles,
  readBaseline,
  rules,
  sarif,
  severities,
  unifiedDiff,
} from "../../src/audit/index.ts";
import { digest, runProgram } from "../../src/system/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { factsOf, git, writeCleanService } from "./corpus/clean-service.ts";
import { cleanGitHub, gatherFrom } from "./corpus/github.ts";

const finding = (more: Partial<Finding> = {}): Finding => ({
  id: "secret-in-file",
  severity: "critical",
  means: "a file has what looks like a secret",
  place: { file: "src/get.ts", line: 4 },
  evidence: "an AWS access key id",
  why: "Whoever may read it may use it.",
  fix: "end it",
  edits: [],
  source: "https://owasp.org",
  ...more,
});

const seen = (...findings: Finding[]): Audit => ({
  findings,
  unchecked: [{ what: "GitHub", why: "there is no token", rules: ["branch-unprotected"] }],
  checked: ["secret-in-file"],
});

describe("a report in SARIF", () => {
  const options = { version: "0.1.0", file: "services/product/service.ts", digest };
  const now = "2026-11-27T00:00:00Z";

  it("is what the official schema asks for, whatever was found", async () => {
    const isSarif = await schemaCheck();
    const anyFinding = fc.record({
      id: fc.constantFrom(...rules.map(({ id }) => id)),
      severity: fc.constantFrom(...severities),
      place: fc.oneof(
        fc.record({ file: fc.string({ minLength: 1 }), line: fc.option(fc.integer({ min: 1 })) }),
        fc.record({ resource: fc.string({ minLength: 1 }) }),
      ),
      evidence: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(anyFinding), fc.boolean(), (some, isAccepted) => {
        const findings = some.map((one) => finding(one));
        const entries = findings.map(({ id, place }) => ({
          id,
          place: "resource" in place ? place.resource : place.file,
          reason: "known",
          expires: isAccepted ? "2027-01-01" : "2026-01-01",
        }));
        const report = sarif(applyBaseline(seen(...findings), entries, now), rules, options);
        expect(isSarif(report)).toEqual([]);
      }),
    );
  });

  it("has a place and a lasting name for each finding, and says what was accepted and not checked", () => {
    const moved = finding({ place: { file: "src/get.ts", line: 9 } });
    const bucket = finding({ id: "bucket-public", place: { resource: "arn:aws:s3:::state" } });
    const entries = [
      { id: "bucket-public", place: "arn:aws:s3:::state", reason: "a site", expires: "2026-11-27" },
    ];
    const of = (one: Finding) =>
      sarif(applyBaseline(seen(one, bucket), entries, now), rules, options).runs[0];
    const [first, second] = of(finding())?.results ?? [];
    expect(first).toMatchObject({
      ruleId: "secret-in-file",
      level: "error",
      locations: [
        { physicalLocation: { artifactLocation: { uri: "src/get.ts" }, region: { startLine: 4 } } },
      ],
    });
    expect(of(moved)?.results[0]?.partialFingerprints).toEqual(first?.partialFingerprints);
    expect(second).toMatchObject({
      suppressions: [{ justification: "a site (until 2026-11-27)" }],
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: options.file } },
          logicalLocations: [{ fullyQualifiedName: "arn:aws:s3:::state" }],
        },
      ],
    });
    expect(of(moved)?.invocations[0]?.toolExecutionNotifications[0]?.message.text).toBe(
      "not checked: GitHub: there is no token",
    );
  });
});

describe("a baseline", () => {
  const entry = {
    id: "secret-in-file",
    place: "src/get.ts:4",
    reason: "made up",
    expires: "2026-12-31",
  };
  const text = (...accepted: object[]) => JSON.stringify({ accepted });

  it("takes out what it names, by its line or its file, through its last day", () => {
    const [accepted] = readBaseline(text(entry), "b.json");
    expect(accepted).toEqual(entry);
    const at = (now: string, place: string) =>
      applyBaseline(seen(finding()), [{ ...entry, place }], now);
    expect(at("2026-12-31T23:59:59Z", "src/get.ts:4").findings).toEqual([]);
    expect(at("2026-12-31T23:59:59Z", "src/get.ts").accepted).toHaveLength(1);
    expect(at("2026-12-31T23:59:59Z", "src/get.ts:5").findings).toHaveLength(1);
    expect(at("2026-12-31T23:59:59Z", "src/get").findings).toHaveLength(1);
  });

  it("counts again once the day is over, and says so", () => {
    const judged = applyBaseline(seen(finding()), [entry], "2027-01-01T00:00:00Z");
    expect(judged.findings).toHaveLength(1);
    expect(judged.expired).toEqual([{ finding: finding(), accepted: entry }]);
  });

  it("names what fits nothing any more, but not of rules that were not checked", () => {
    const other = { ...entry, id: "branch-unprotected" };
    const { unused } = applyBaseline(seen(), [entry, other], "2026-11-27T00:00:00Z");
    expect(unused).toEqual([entry]);
  });

  it.each([
    ["{", "JSON"],
    ["{}", 'no list "accepted"'],
    [text({ ...entry, reason: " " }), "accepted[0] has no reason"],
    [text(entry, { id: "a", place: "b", reason: "c" }), "accepted[1] has no expires"],
    [text({ ...entry, expires: "2026-02-30" }), "which is no day"],
  ])("is refused where it is %s", (wrong, message) => {
    expect(() => readBaseline(wrong, "b.json")).toThrow(
      expect.objectContaining({
        code: "AUDIT_BASELINE_INVALID",
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe("the diff of safe fixes", () => {
  it("is taken by git apply, and ends the findings that it is for", async () => {
    const folder = await temporaryFolder();
    await writeCleanService(folder);
    const module = path.join(folder, "services/product/terraform/modules/table/main.tf");
    const text = await readFile(module, "utf8");
    await writeFile(
      module,
      text
        .replace("  point_in_time_recovery {\n    enabled = true\n  }\n", "")
        .replace("deletion_protection_enabled = true", "deletion_protection_enabled = false"),
    );
    await writeFile(
      path.join(folder, "services/product/terraform/stacks/service/versions.tf"),
      'terraform {\n  backend "s3" {\n    encrypt = false\n  }\n}\n',
    );
    await rm(path.join(folder, ".gitignore"));
    const facts = await factsOf(folder, (await gatherFrom(cleanGitHub)).facts);
    const before = audit(facts, rules).findings;
    const ids = new Set(before.map(({ id }) => id));
    expect(ids).toEqual(
      new Set([
        "table-without-recovery",
        "table-unprotected",
        "state-unencrypted",
        "state-unlocked",
        "not-ignored",
      ]),
    );
    const diff = unifiedDiff(
      before.flatMap(({ edits }) => edits),
      facts.files.files,
    );
    await writeFile(path.join(folder, "fix.diff"), diff);
    await git(folder, "apply", "fix.diff");
    await rm(path.join(folder, "fix.diff"));
    expect(audit(await factsOf(folder, facts.gitHub), rules).findings).toEqual([]);
  });

  it("makes of any text what the edits say, as git applies it", async () => {
    const folder = await temporaryFolder();
    await git(folder, "init", "--quiet");
    const line = fc.constantFrom("a", "b", "", "  }", "-- x", "+ y");
    const files = fc.tuple(fc.array(line, { minLength: 1, maxLength: 12 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(
        files,
        fc.array(fc.nat(12), { maxLength: 3 }),
        async ([lines, isOpen], at) => {
          const text = lines.join("\n") + (isOpen && lines.at(-1) !== "" ? "" : "\n");
          await writeFile(path.join(folder, "a.tf"), text);
          const count = text.replace(/\n$/, "").split("\n").length;
          const edits = [...new Set(at.map((one) => (one % count) + 1))].map((one) => ({
            file: "a.tf",
            line: one,
            removed: 0,
            inserted: ["new = true"],
          }));
          const diff = unifiedDiff(edits, [{ path: "a.tf", text }]);
          if (edits.length === 0) {
            expect(diff).toBe("");
            return;
          }
          await writeFile(path.join(folder, "a.diff"), diff);
          const { complaint } = await runProgram("git", ["apply", "a.diff"], { directory: folder });
          expect(complaint).toBe("");
          const { files: now } = await gatherFiles(folder);
          const wanted = text
            .replace(/\n$/, "")
            .split("\n")
            .flatMap((one, index) =>
              edits.some((edit) => edit.line === index + 1) ? ["new = true", one] : [one],
            );
          expect(
            now
              .find((one) => one.path === "a.tf")
              ?.text.replace(/\n$/, "")
              .split("\n"),
          ).toEqual(wanted);
        },
      ),
      { numRuns: 25 },
    );
  });
});

async function schemaCheck(): Promise<(value: unknown) => unknown[]> {
  const file = fileURLToPath(new URL("./schema/sarif-schema-2.1.0.json", import.meta.url));
  const { Ajv } = await import("ajv");
  // Draft 4 called it so; the rest of the schema means the same in draft 7.
  const { $schema: _, id: __, ...schema } = JSON.parse(await readFile(file, "utf8"));
  const check = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  return (value) => (check(value) ? [] : (check.errors ?? []));
}

describe("docs/reference/audit.md", () => {
  it("has a row for each rule, with its urgency and what it means", async () => {
    const document = await readFile(
      fileURLToPath(new URL("../../docs/reference/audit.md", import.meta.url)),
      "utf8",
    );
    const rows = [...document.matchAll(/^\| `([\w-]+)` \| (\w+) \| (.*?) \|/gm)].map((row) =>
      row.slice(1, 4),
    );
    expect(rows).toEqual(rules.map(({ id, severity, means }) => [id, severity, means]));
  });
});
