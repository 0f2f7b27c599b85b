import path from "node:path";
import { type GeneratedFile, standInFor } from "../../generate/index.ts";
import { fileExists, readStamp, readTextFile } from "../../system/index.ts";

/** A generated file, and what lies where it belongs. */
export type LookedAt =
  | {
      readonly is: "there" | "stale";
      /** What it should say. */
      readonly text: string;
      /** What is not as it should be, in a few words each. Where it is there all the same, it is a person's. */
      readonly differences: readonly string[];
    }
  /** Somebody has this path, which is for the same: the file is missed by nobody. */
  | { readonly is: "stood-in-for"; readonly by: string };

/**
 * Holds a generated file against the disk, for whoever writes it and for whoever says that it is not up to date.
 *
 * @param root the folder that its path begins at
 * @throws {LambdakitError} GENERATE_UNREADABLE
 */
export async function lookAtFile(generated: GeneratedFile, root: string): Promise<LookedAt> {
  const by = standInFor(generated, (one) => readStamp(path.join(root, one)) !== undefined);
  if (by !== undefined) return { is: "stood-in-for", by };
  const file = path.join(root, generated.path);
  const read = fileExists(file) ? await readTextFile(file) : undefined;
  // As Git for Windows checks files out: the same text with other ends of lines.
  const current = read?.replaceAll("\r\n", "\n");
  const { text, differences } = generated.render(current);
  return { is: text === current ? "there" : "stale", text, differences };
}
