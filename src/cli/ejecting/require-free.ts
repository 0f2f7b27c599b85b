import path from "node:path";
import { farewellFile, obstacles } from "../../eject/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import { fileExists, nearestFolderWith, realFolder, runProgram } from "../../system/index.ts";

/**
 * Whether a service can be ejected: once, with nothing in the way, and so that what is written can be looked at and taken back.
 *
 * @param isForced whether changes that are not committed matter
 * @throws {LambdakitError} EJECT_DONE; EJECT_REFUSED with all that is in the way
 */
export async function requireFree(
  directory: string,
  files: ReadonlyMap<string, string>,
  isForced: boolean,
): Promise<void> {
  const done = path.join(directory, farewellFile);
  if (fileExists(done) && files.has("vendor/lambdakit/package.json")) {
    throw new LambdakitError("EJECT_DONE", {
      message: "The service has been ejected already. Nothing was changed.",
      fix: `read ${farewellFile}; to go back, git revert the commit that it came with`,
      at: done,
    });
  }
  const root = nearestFolderWith(".git", realFolder(directory));
  const isAlone = root === undefined || root === realFolder(directory);
  const all = [
    ...(isAlone ? [] : [sharedRepository(root, realFolder(directory))]),
    ...(isForced ? [] : await uncommitted(directory, root)),
    ...obstacles(files),
  ];
  if (all.length === 0) return;
  throw new LambdakitError("EJECT_REFUSED", {
    message: all.map(({ message, fix }) => `${message}\n  fix: ${fix}`).join("\n"),
    fix: "do each of these, and run it again; nothing was changed",
    at: path.join(directory, "service.ts"),
  });
}

/** Workflows, hooks and the lock file are those of all its services. */
function sharedRepository(root: string, directory: string) {
  const folder = path.relative(root, directory);
  return {
    message: `The service is in ${folder} of a repository, which others may share: only one that is a repository of its own is ejected.`,
    fix: `lambdakit eject --only terraform --service ${folder}; or first: git subtree split --prefix=${folder} -b ${path.basename(directory)}, and push that branch to a repository of its own`,
  };
}

async function uncommitted(directory: string, root: string | undefined) {
  if (root === undefined) {
    return [
      {
        message:
          "There is no git repository here: what is changed could not be looked at, or taken back.",
        fix: "git init && git add . && git commit -m Start; or --force",
      },
    ];
  }
  const { output } = await runProgram("git", ["status", "--porcelain"], { directory });
  const changed = output.split("\n").filter((line) => line !== "");
  if (changed.length === 0) return [];
  const first = changed.slice(0, 3).map((line) => line.slice(3));
  const more = changed.length > 3 ? ` and ${changed.length - 3} more` : "";
  return [
    {
      message: `Not committed: ${first.join(", ")}${more}.`,
      fix: "git commit them, or git stash; or --force",
    },
  ];
}
