import { parse } from "yaml";
import type { FileFacts } from "../../facts.ts";
import type { Found } from "../../finding.ts";
import type { Checks, Rule } from "../../rule.ts";

const generate = "npx lambdakit generate";

const dependabotFiles = [".github/dependabot.yml", ".github/dependabot.yaml"];

export const dependabotMissing: Rule = {
  id: "dependabot-missing",
  severity: "medium",
  means: "nothing keeps packages or actions up to date",
  why: "A version that was fixed months ago is still what runs.",
  source:
    "https://docs.github.com/en/code-security/reference/supply-chain-security/dependabot-options-reference",
  checks: {
    files: onGitHub(({ files, paths }) => {
      const hasRenovate = paths.some((path) => /(?:^|\/)\.?renovate(?:rc)?\.json5?$/.test(path));
      if (hasRenovate) return [];
      const file = files.find(({ path }) => dependabotFiles.includes(path));
      const ecosystems = file === undefined ? [] : ecosystemsOf(file.text);
      return ["npm", "github-actions"]
        .filter((ecosystem) => !ecosystems.includes(ecosystem))
        .map((ecosystem) => ({
          place: { file: file?.path ?? ".github/dependabot.yml", line: file ? 1 : null },
          evidence: file ? `it has no updates of ${ecosystem}` : `there is none for ${ecosystem}`,
          fix: generate,
        }));
    }),
  },
};

/** What only GitHub reads is not missed where service.ts names no repository: `generate` would not write it. */
function onGitHub(check: (facts: FileFacts) => readonly Found[]): Required<Checks>["files"] {
  return (facts, { plans }) =>
    plans.some(({ deployment }) => deployment.repository !== null) ? check(facts) : [];
}

function ecosystemsOf(text: string): unknown[] {
  try {
    const { updates = [] } = Object(parse(text));
    return [...updates].map((one) => Object(one)["package-ecosystem"]);
  } catch {
    return [];
  }
}

export const preCommitMissing: Rule = {
  id: "pre-commit-missing",
  severity: "low",
  means: "nothing looks at a change before it is committed",
  why: "A secret that was committed is in the history, and has to be ended; one that was refused has not.",
  source: "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
  checks: {
    files: (facts) =>
      missing(
        facts,
        /^(?:\.?lefthook\.(?:ya?ml|toml|json)|\.husky\/[\w-]+|\.pre-commit-config\.ya?ml|\.githooks\/[\w-]+)$/,
        "lefthook.yml",
      ),
  },
};

export const codeOwnersMissing: Rule = {
  id: "code-owners-missing",
  severity: "low",
  means: "nobody is named who has to see a change",
  why: "Anybody's review is enough, for what deploys to production too.",
  source:
    "https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners",
  checks: {
    files: onGitHub((facts) =>
      missing(facts, /^(?:\.github\/|docs\/)?CODEOWNERS$/, ".github/CODEOWNERS"),
    ),
  },
};

export const securityPolicyMissing: Rule = {
  id: "security-policy-missing",
  severity: "low",
  means: "nothing says where to report a vulnerability",
  why: "Who finds one tells everybody, or nobody.",
  source:
    "https://docs.github.com/en/code-security/how-tos/report-and-fix-vulnerabilities/configure-vulnerability-reporting/adding-a-security-policy-to-your-repository",
  checks: {
    files: onGitHub((facts) =>
      missing(facts, /^(?:\.github\/|docs\/)?SECURITY\.md$/i, "SECURITY.md"),
    ),
  },
};

function missing({ paths }: FileFacts, form: RegExp, file: string): Found[] {
  if (paths.some((path) => form.test(path))) return [];
  return [{ place: { file, line: null }, evidence: "there is no such file", fix: generate }];
}

/** What must never be added by mistake, with a `.gitignore` line for each. */
const ignored = [".env", "node_modules/", ".lambdakit/"];

export const notIgnored: Rule = {
  id: "not-ignored",
  severity: "medium",
  means: "git would add what must not be in it",
  why: "One git add . puts local secrets, or somebody's tables, into the history for ever.",
  source: "https://docs.github.com/en/get-started/git-basics/ignoring-files",
  checks: {
    files: ({ files }, { folder }) => {
      const own = files.filter(
        ({ path }) => path === ".gitignore" || path === `${folder}/.gitignore`,
      );
      const lines = own.flatMap(({ text }) => text.split(/\r?\n/)).map((line) => line.trim());
      const isIgnored = (line: string) => {
        const name = line.replace(/\/$/, "");
        const forms = [
          name,
          `/${name}`,
          `**/${name}`,
          `${name}*`,
          `${name}/*`,
          `${name}/**`,
          `/${name}/`,
        ];
        return lines.some((one) => [...forms, `${name}/`, `**/${name}/`].includes(one));
      };
      const lacking = ignored.filter((line) => !isIgnored(line));
      if (lacking.length === 0) return [];
      const [file] = own;
      const count = file === undefined ? 0 : file.text.replace(/\n$/, "").split("\n").length;
      const place = { file: file?.path ?? ".gitignore", line: null };
      return [
        {
          place,
          evidence: `nothing keeps out ${lacking.join(", ")}`,
          fix: `add to ${place.file}: ${lacking.join(", ")}`,
          edits: [{ file: place.file, line: count + 1, removed: 0, inserted: lacking }],
        },
      ];
    },
  },
};
