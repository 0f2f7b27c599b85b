import path from "node:path";
import { allLeaks, findLeaks, isPrivateFile } from "../../leaks/index.ts";
import { fileExists, readVersions, runProgram } from "../../system/index.ts";
import type { FileFacts, HistoryFacts, HistoryLeak } from "../facts.ts";
import type { Unread } from "../unread.ts";
import { mostBytes, textOf } from "./files.ts";

export interface HistoryReading {
  readonly root: string;
  /** What is there now: what it has is told there. */
  readonly now: Pick<FileFacts, "files" | "paths">;
  /** How long it may take, in milliseconds. */
  readonly budgetMs: number;
  readonly interrupted: AbortSignal;
  readonly onProgress: (versions: number) => void;
}

/** Files that git keeps and that no person has written. */
const made =
  /(?:^|\/)(?:node_modules|dist|coverage)\/|\.(?:png|jpe?g|gif|ico|woff2?|zip|gz|pdf|wasm|map)$/;

/**
 * Looks for secrets in every version of every file. A history that is too long to be read in time is told as not read:
 * what was found until then is found all the same.
 */
export async function gatherHistory({
  root,
  now,
  budgetMs,
  interrupted,
  onProgress,
}: HistoryReading): Promise<HistoryFacts | Unread> {
  if (!(await isRepository(root))) return { unread: "there is no git repository" };
  if (fileExists(path.join(root, ".git", "shallow"))) {
    return { unread: "this clone has only a part of the history: git fetch --unshallow" };
  }
  const out = AbortSignal.any([interrupted, AbortSignal.timeout(budgetMs)]);
  const known = new Set(
    now.files.flatMap((file) => allLeaks(file.path, file.text).map(({ value }) => value)),
  );
  const found = new Map<string, { blob: string; leak: Omit<HistoryLeak, "commit"> }>();
  let versions = 0;
  const choice = {
    directory: root,
    wants: (file: string) => !made.test(file),
    mostBytes,
    interrupted: out,
  };
  try {
    for await (const { blob, path: file, bytes } of readVersions(choice)) {
      versions += 1;
      if (versions % 1000 === 0) onProgress(versions);
      if (isPrivateFile(file) && !now.paths.includes(file)) {
        found.set(file, {
          blob,
          leak: { path: file, line: 1, what: "a file that consists of secrets" },
        });
        continue;
      }
      for (const { value, line, what } of findLeaks(file, textOf(bytes) ?? "")) {
        // Whoever marks it, or is told of it, in the file as it is now, knows of its old versions, too.
        if (known.has(value) || found.has(value)) continue;
        found.set(value, { blob, leak: { path: file, line, what } });
      }
    }
  } catch (error) {
    return { unread: `git says: ${(error as Error).message}` };
  }
  if (out.aborted) {
    return {
      unread: `it took longer than ${budgetMs / 1000} s, after ${versions} versions of files`,
    };
  }
  const leaks: HistoryLeak[] = [];
  for (const { blob, leak } of found.values())
    leaks.push({ ...leak, commit: await commitOf(root, blob) });
  return { leaks, versions };
}

async function isRepository(root: string): Promise<boolean> {
  try {
    const { status, output } = await runProgram("git", ["rev-parse", "--show-prefix"], {
      directory: root,
    });
    return status === 0 && output.trim() === "";
  } catch {
    return false;
  }
}

/** The first commit that has these contents. */
async function commitOf(root: string, blob: string): Promise<string> {
  const args = ["log", "--all", "--reverse", "--format=%H", `--find-object=${blob}`];
  const { output } = await runProgram("git", args, { directory: root });
  return output.split("\n")[0] ?? "";
}
