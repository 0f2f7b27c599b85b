import { findLeaks, isPrivateFile } from "../../../leaks/index.ts";
import type { Rule } from "../../rule.ts";

const source = "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html";
const why =
  "Whoever may read the repository, a copy of it or the output of a build may use it, and nobody notices.";

export const secretInFile: Rule = {
  id: "secret-in-file",
  severity: "critical",
  means: "a file has what looks like a secret",
  why,
  source,
  checks: {
    files: ({ files }) =>
      files
        // A file that is a secret as a whole is one finding.
        .filter(({ path }) => !isPrivateFile(path))
        .flatMap(({ path, text }) =>
          findLeaks(path, text).map(({ what, line }) => ({
            place: { file: path, line },
            evidence: what,
            fix: "end it where it was issued, take it out of the file, and read it from Secrets Manager; what is none gets a comment on its line: not-a-secret: and why",
          })),
        ),
  },
};

export const secretInHistory: Rule = {
  id: "secret-in-history",
  severity: "critical",
  means: "an old version of a file has what looks like a secret",
  why: `Deleting a file deletes none of its versions. ${why}`,
  source:
    "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository",
  checks: {
    history: ({ leaks }) =>
      leaks.map(({ commit, path, line, what }) => ({
        place: { file: path, line },
        evidence: `${what}, in commit ${commit.slice(0, 12)}`,
        fix: "end it where it was issued: then it is a secret no more, and the baseline may say so",
      })),
  },
};

export const privateFile: Rule = {
  id: "private-file",
  severity: "critical",
  means: "git keeps a file that consists of secrets",
  why,
  source,
  checks: {
    files: ({ paths }) =>
      paths.filter(isPrivateFile).map((file) => ({
        place: { file, line: null },
        evidence: `${file.slice(file.lastIndexOf("/") + 1)} is tracked, or would be with git add`,
        fix: `git rm --cached ${file}, put it into .gitignore, and end what is in it where it was issued`,
      })),
  },
};

export const stateInRepository: Rule = {
  id: "state-in-repository",
  severity: "critical",
  means: "git keeps a state or a saved plan of Terraform",
  why: "A state has every value that Terraform knows, secrets too, in plain text; and two people who apply from their own copies undo each other's work.",
  source: "https://developer.hashicorp.com/terraform/language/state/sensitive-data",
  checks: {
    files: ({ paths }) =>
      paths
        .filter((path) => /\.tfstate(?:\.[\w.-]*)?$|\.tfplan$/.test(path))
        .map((file) => ({
          place: { file, line: null },
          evidence: "it is tracked, or would be with git add",
          fix: `git rm --cached ${file}, and put *.tfstate, *.tfstate.* and *.tfplan into .gitignore`,
        })),
  },
};
