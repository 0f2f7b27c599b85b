import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

export interface FileChanges {
  readonly directory: string;
  /** By their paths from it. */
  readonly written: ReadonlyMap<string, string | Uint8Array>;
  readonly deleted: readonly string[];
  /** A folder on the same disk, which is made and taken away again. */
  readonly aside: string;
}

/**
 * Changes many files of a folder, all of them or none. Everything is written aside first; then each file is moved to its
 * place, and what was there is kept aside until the last one is. Where one cannot be moved, all are as they were.
 *
 * @throws what the system says
 */
export async function changeFiles({ directory, written, deleted, aside }: FileChanges) {
  await mkdir(aside, { recursive: true });
  const folder = await mkdtemp(path.join(aside, "change-"));
  const [after, before] = [path.join(folder, "after"), path.join(folder, "before")];
  const undo: (() => Promise<void>)[] = [];
  try {
    for (const [file, contents] of written) await write(path.join(after, file), contents);
    for (const file of new Set([...written.keys(), ...deleted])) {
      if (await move(path.join(directory, file), path.join(before, file))) {
        undo.push(() => rename(path.join(before, file), path.join(directory, file)));
      }
    }
    for (const file of written.keys()) {
      await move(path.join(after, file), path.join(directory, file));
      undo.push(() => rm(path.join(directory, file)));
    }
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(file: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, contents);
}

/** @returns whether there was something to move */
async function move(from: string, to: string): Promise<boolean> {
  await mkdir(path.dirname(to), { recursive: true });
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
