import type { TextFile } from "../../facts.ts";
import type { Found } from "../../finding.ts";
import {
  installed,
  installedFiles,
  lineOfKey,
  type PackageJson,
  packageName,
} from "../../packages.ts";
import type { Rule } from "../../rule.ts";

const source = "https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json";

export const lockfileMissing: Rule = {
  id: "lockfile-missing",
  severity: "high",
  means: "there is no package-lock.json",
  why: "Every install takes whatever is newest at that moment: two builds of one commit have other code in them.",
  source,
  checks: {
    files: (facts, subject) => {
      const { manifest, lock } = installedFiles(facts, subject);
      if (manifest === undefined || lock !== undefined) return [];
      const evidence = "no package-lock.json beside it";
      const fix = "npm install --package-lock-only, and commit package-lock.json";
      return [{ place: { file: manifest.path, line: null }, evidence, fix }];
    },
  },
};

export const lockfileDiffers: Rule = {
  id: "lockfile-differs",
  severity: "high",
  means: "package-lock.json is not that of package.json",
  why: "npm ci refuses it, and whoever takes npm install instead gets packages that nobody has seen.",
  source,
  checks: {
    files: (facts, subject) => {
      const { manifests, lock } = installedFiles(facts, subject);
      if (lock === undefined) return [];
      const packages = installed(lock.text);
      return manifests.flatMap(({ path, key, json, file }) => {
        const locked = packages.get(key);
        if (locked === undefined) return [];
        return kinds.flatMap((kind) => differences(json, locked, kind, { path, text: file.text }));
      });
    },
  },
};

const kinds = ["dependencies", "devDependencies", "optionalDependencies"] as const;

function differences(
  json: PackageJson,
  locked: PackageJson,
  kind: (typeof kinds)[number],
  file: TextFile,
): Found[] {
  const [wanted, known] = [json[kind] ?? {}, locked[kind] ?? {}];
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(known)])].sort();
  return names
    .filter((name) => wanted[name] !== known[name])
    .map((name) => ({
      place: { file: file.path, line: lineOfKey(file.text, name) },
      evidence: `${name} is ${wanted[name] ?? "not there"}, and ${known[name] ?? "not there"} in package-lock.json`,
      fix: "npm install --package-lock-only, and commit package-lock.json",
    }));
}

export const lockfileUnverified: Rule = {
  id: "lockfile-unverified",
  severity: "high",
  means: "a locked package has no digest, or comes from where anything can be put",
  why: "Whoever stands between npm and the registry, or may write to that repository, decides what is installed.",
  source,
  checks: {
    files: (facts, subject) => {
      const { lock } = installedFiles(facts, subject);
      if (lock === undefined) return [];
      return [...installed(lock.text)].flatMap(([key, one]) => {
        const name = packageName(key);
        if (name === undefined || one.link === true || one.inBundle === true) return [];
        const resolved = one.resolved ?? "";
        const isForeign = /^(?:git|http:)|^https:\/\/codeload\./.test(resolved);
        if (!isForeign && one.integrity !== undefined) return [];
        return [
          {
            place: { file: lock.path, line: lineOfKey(lock.text, key) },
            evidence: isForeign ? `${name} comes from ${resolved}` : `${name} has no integrity`,
            fix: `npm install ${name} from the registry, and commit package-lock.json`,
          },
        ];
      });
    },
  },
};
