import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { isAlive } from "./is-alive.ts";

export interface Publication {
  readonly directory: string;
  /** In the order in which they appear: what names the others comes last. */
  readonly files: readonly { readonly name: string; readonly contents: string | Uint8Array }[];
  /** Files of the folder to take away, once the new ones are there. */
  stale(): Promise<readonly string[]>;
}

/** Between the process that writes there and what makes its folder unlike any other. */
const aside = /^\.new-(\d+)-/;

/**
 * Writes files that belong together. Each is first written as a whole into a folder beside the others
 * and then renamed, so that none is ever there by half, whenever this process or the machine stops.
 * A file that cannot be written leaves the folder as it was.
 */
export async function publishFiles({ directory, files, stale }: Publication): Promise<void> {
  await makeFolder(directory);
  await sweep(directory);
  const folder = await mkdtemp(path.join(directory, `.new-${process.pid}-`));
  try {
    await Promise.all(
      files.map(({ name, contents }) =>
        writeFile(path.join(folder, name), contents, { flush: true }),
      ),
    );
    for (const { name } of files) {
      await rename(path.join(folder, name), path.join(directory, name));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  for (const name of await stale()) await rm(path.join(directory, name), { force: true });
}

/** Node.js's own way to make a folder with those above it never ends below `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  const make = () =>
    mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  const parent = path.dirname(folder);
  await make().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" || parent === folder) throw error;
    await makeFolder(parent);
    await make();
  });
}

/** Takes away what processes that were killed have left. */
async function sweep(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const [, pid] = aside.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(path.join(directory, name), { recursive: true, force: true });
    }
  }
}
