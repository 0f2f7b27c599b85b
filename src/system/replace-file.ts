import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { threadId } from "node:worker_threads";

/** Those that this thread writes: two at once have a file aside each. */
let writes = 0;

/**
 * Writes a file in one step, and the folder that it is in: whoever reads it finds the old contents or
 * the new ones, whenever this process or the machine stops.
 *
 * @param mode who may read and write it, from its first moment @default what the process's umask leaves of 0o666
 */
export async function replaceFile(
  file: string,
  contents: string | Uint8Array,
  mode = 0o666,
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  writes += 1;
  const aside = `${file}.${process.pid}.${threadId}.${writes}.new`;
  try {
    await writeFile(aside, contents, { flush: true, mode });
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
