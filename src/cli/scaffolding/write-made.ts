import path from "node:path";
import { LambdakitError } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import { loadService } from "../../package/index.ts";
import { planService } from "../../plan/index.ts";
import { writeFiles } from "../../system/index.ts";
import { siteOf } from "../commands/generate.ts";

/** A file's path, and what it says. */
type Made = readonly [string, string];

/**
 * @param fix what to type where they cannot be written
 * @throws {LambdakitError} NEW_NOT_WRITTEN
 */
export async function writeMade(folder: string, files: readonly Made[], fix: string) {
  try {
    await writeFiles(
      files.map(([file, text]) => ({ path: path.join(folder, file), contents: Buffer.from(text) })),
    );
  } catch (cause) {
    const { message } = cause as Error;
    throw new LambdakitError("NEW_NOT_WRITTEN", { message, fix, at: folder, cause });
  }
}

/** Writes what follows from `service.ts` as it is now, and gives the paths from the root of the repository. */
export async function writeDerived(
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
    await writeMade(root, [[file.path, found.text]], fix);
    paths.push(file.path);
  }
  return paths;
}
