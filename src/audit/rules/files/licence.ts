import { installed, installedFiles, lineOfKey, packageName } from "../../packages.ts";
import type { Rule } from "../../rule.ts";

export const licenceMissing: Rule = {
  id: "licence-missing",
  severity: "low",
  means: "nothing says under which licence the code is",
  why: "Without one nobody else may use it, and nobody knows whether that is meant.",
  source:
    "https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/licensing-a-repository",
  checks: {
    files: (facts, subject) => {
      const { manifests } = installedFiles(facts, subject);
      const [root] = manifests;
      const isStated = manifests.some(({ json }) => json.license !== undefined);
      const hasFile = facts.paths.some((path) => /^(?:LICEN[CS]E|COPYING)(?:\.\w+)?$/i.test(path));
      if (root === undefined || isStated || hasFile) return [];
      const evidence = "it has no license, and there is no LICENSE";
      const fix =
        'write "license": "UNLICENSED" into package.json where nobody else may use it, or a name of https://spdx.org/licenses';
      return [{ place: { file: root.path, line: 1 }, evidence, fix }];
    },
  },
};

/**
 * Licences that ask nothing of a service that runs but to be named. Those that ask for its source (GPL, AGPL, SSPL),
 * and those that nobody has read, are for a person to decide.
 */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-4.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

export const licenceNotAllowed: Rule = {
  id: "licence-not-allowed",
  severity: "medium",
  means: "a package that runs has a licence that was not agreed to",
  why: "It may ask for the source of everything that it is part of, or forbid the use altogether.",
  source: "https://opensource.google/documentation/reference/thirdparty/licenses",
  checks: {
    files: (facts, subject) => {
      const { lock } = installedFiles(facts, subject);
      if (lock === undefined) return [];
      return [...installed(lock.text)].flatMap(([key, { license, dev, link }]) => {
        const name = packageName(key);
        if (name === undefined || dev === true || link === true) return [];
        if (license !== undefined && isAllowed(license)) return [];
        return [
          {
            place: { file: lock.path, line: lineOfKey(lock.text, key) },
            evidence: `${name} is under ${license ?? "no licence that package-lock.json knows"}`,
            fix: `npm uninstall ${name}, or put it into the baseline with who has agreed`,
          },
        ];
      });
    },
  },
};

/** `(MIT OR GPL-3.0)` lets choose, `MIT AND ISC` asks for both. */
function isAllowed(expression: string): boolean {
  return expression
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((one) => allowed.has(one.trim())));
}
