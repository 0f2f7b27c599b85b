import { existsSync } from "node:fs";
import { readdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { threadId } from "node:worker_threads";
import { writeFiles } from "./files.ts";

/** Those that this thread writes: two at once have a folder aside each. */
let writes = 0;

/**
 * Writes a folder whole or not at all: whoever sees it sees every file. A folder of this name that is
 * there already stays, so its name has to say what is in it.
 *
 * @param files their names inside the folder, with `/` between folders
 */
export async function writeFolder(
  folder: string,
  files: readonly { readonly name: string; readonly contents: Uint8Array }[],
): Promise<void> {
  if (existsSync(folder)) return;
  writes += 1;
  const aside = `${folder}.${process.pid}.${threadId}.${writes}.new`;
  try {
    await writeFiles(
      files.map(({ name, contents }) => ({ path: path.join(aside, name), contents })),
    );
    await rename(aside, folder).catch((error: NodeJS.ErrnoException) => {
      // Somebody else was quicker, and wrote the same.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Notes that a folder is in use, for {@link removeUnusedFolders}. */
export async function markUsed(folder: string): Promise<void> {
  const now = new Date();
  await utimes(folder, now, now);
}

/** Removes the folders in a folder that nobody has marked as used for so long. */
export async function removeUnusedFolders(parent: string, days: number): Promise<void> {
  const oldest = Date.now() - days * 24 * 60 * 60 * 1000;
  for (const entry of await readdir(parent, { withFileTypes: true })) {
    const folder = path.join(parent, entry.name);
    if (!entry.isDirectory() || (await stat(folder)).mtimeMs >= oldest) continue;
    await rm(folder, { recursive: true, force: true });
  }
}
