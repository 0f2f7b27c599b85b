import { mkdtempSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isAlive } from "../system/index.ts";

/** A new folder that says whose it is: `lambdakit-{process id}-{random}`. */
export function makeTemporaryFolder(): string {
  return mkdtempSync(path.join(tmpdir(), `lambdakit-${process.pid}-`));
}

/** Deletes the folders of processes that were killed, and could not do it themselves. */
export async function sweepTemporaryFolders(): Promise<void> {
  const names = await readdir(tmpdir());
  const left = names.filter((name) => {
    const [, owner] = /^lambdakit-(\d+)-\w+$/.exec(name) ?? [];
    return owner !== undefined && !isAlive(Number(owner));
  });
  await Promise.all(
    // Somebody else's folder of this name stays.
    left.map((name) => rm(path.join(tmpdir(), name), { recursive: true }).catch(() => {})),
  );
}
