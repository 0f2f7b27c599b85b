import { inFolder } from "../../packages.ts";
import type { Rule } from "../../rule.ts";

export const vulnerableDependency: Rule = {
  id: "vulnerable-dependency",
  severity: "high",
  means: "a package that runs has a known vulnerability",
  why: "How to use it is public.",
  source: "https://docs.npmjs.com/cli/v11/commands/npm-audit",
  checks: {
    advisories: ({ advisories }, { installation }) =>
      advisories.map(({ package: name, severity, title, url, range, fixable }) => ({
        place: { file: inFolder(installation, "package-lock.json"), line: null },
        evidence: `${name} ${range}: ${title} (${url})`,
        fix: fixable
          ? "npm audit fix"
          : `npm audit, and another version of ${name}, or another package`,
        severity: severity === "moderate" ? "medium" : severity === "info" ? "low" : severity,
      })),
  },
};
