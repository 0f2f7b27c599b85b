import { runProgram } from "./run-program.ts";

/** The commit of a folder; null where it is in no repository, or git is not there. */
export async function readCommit(
  directory: string,
): Promise<{ readonly sha: string; readonly isClean: boolean } | null> {
  const git = async (...args: string[]) => {
    const { status, output } = await runProgram("git", args, { directory });
    return status === 0 ? output.trim() : undefined;
  };
  try {
    const sha = await git("rev-parse", "HEAD");
    if (sha === undefined) return null;
    return { sha, isClean: (await git("status", "--porcelain", "--", ".")) === "" };
  } catch {
    return null;
  }
}
