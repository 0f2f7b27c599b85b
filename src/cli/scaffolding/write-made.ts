import path from "node:path";
import type { NewAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import { loadService } from "../../package/index.ts";
import { planService } from "../../plan/index.ts";
import { writeFiles, writeNewFiles } from "../../system/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Input, World } from "../command.ts";
import { siteOf } from "../commands/generate.ts";

/** A file's path, and what it says. */
type Made = readonly [string, string];

export interface Making {
  /** The service's folder. */
  readonly directory: string;
  /** That of its repository. */
  readonly root: string;
  /** Files that are not there yet, by their paths from the service's folder. */
  readonly files: readonly Made[];
  /** Those that are there, and name the others: they are told first, and written last. */
  readonly changed?: readonly Made[];
  /** What to type where they cannot be written. */
  readonly fix: string;
  /** What to type then. */
  readonly next: readonly string[];
  /** A path of `files` as it is shown. */
  readonly shown: (file: string) => string;
  /** How many there are, for people; nothing where a list is enough. */
  readonly counted?: (count: number) => string;
}

/**
 * Writes files of a service and what follows from them, and tells which; with `--dry-run` it only tells.
 *
 * @returns the exit code
 * @throws {LambdakitError} NEW_NOT_WRITTEN
 */
export async function writeMade(
  { directory, root, files, changed = [], fix, next, shown, counted }: Making,
  input: Input,
  { terminal }: World,
): Promise<number> {
  const isDry = input.flag("dry-run");
  if (!isDry) {
    await write(directory, files, fix, writeNewFiles);
    await write(directory, changed, fix);
  }
  const derived = isDry ? [] : await writeDerived(directory, root, fix);
  const paths = [...changed, ...files].map(([file]) => file);
  if (input.flag("json")) {
    const told = { directory, dryRun: isDry, files: paths, derived, next };
    terminal.out(answerJson<NewAnswer>(told));
    return exitCodes.ok;
  }
  const all = [...paths.map(shown), ...derived];
  terminal.out(all.join("\n"));
  if (isDry) return exitCodes.ok;
  if (counted !== undefined) terminal.err(counted(all.length));
  terminal.err(["Next:", ...next].join("\n  "));
  return exitCodes.ok;
}

async function write(folder: string, files: readonly Made[], fix: string, by = writeFiles) {
  try {
    await by(
      files.map(([file, text]) => ({ path: path.join(folder, file), contents: Buffer.from(text) })),
    );
  } catch (cause) {
    const { message } = cause as Error;
    throw new LambdakitError("NEW_NOT_WRITTEN", { message, fix, at: folder, cause });
  }
}

/** Writes what follows from `service.ts` as it is now, and gives the paths from the root of the repository. */
async function writeDerived(
  directory: string,
  root: string,
  fix: string,
): Promise<readonly string[]> {
  const { manifest } = await loadService(directory);
  const { generatedFiles } = await import("../../generate/index.ts");
  const { lookAtFile } = await import("../generated/look-at-file.ts");
  const plans = environmentNames.map((environment) => planService(manifest, environment));
  const paths: string[] = [];
  for (const file of generatedFiles(manifest, plans, siteOf(directory, root))) {
    const found = await lookAtFile(file, root);
    if (found.is !== "stale") continue;
    await write(root, [[file.path, found.text]], fix);
    paths.push(file.path);
  }
  return paths;
}
