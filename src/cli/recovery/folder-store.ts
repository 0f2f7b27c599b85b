import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { LambdakitError } from "../../errors/index.ts";
import type { ObjectStore } from "../../release/index.ts";
import { slashed } from "../../system/index.ts";

/** A copy of a bucket on this machine, such as `aws s3 sync` makes, to read from. */
export function folderStore(folder: string): ObjectStore {
  const written = async (): Promise<never> => {
    throw new LambdakitError("REBUILD_NO_SOURCE", {
      message: `${folder} is a copy of a bucket, and nothing is written there.`,
      fix: "--from with where the release still is",
    });
  };
  return {
    name: folder,
    read: (key) =>
      readFile(path.join(folder, ...key.split("/"))).catch((error) => {
        if (isMissing(error)) return undefined;
        throw error;
      }),
    async keys(prefix) {
      const start = prefix.split("/").slice(0, -1);
      const from = path.join(folder, ...start);
      const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(
        (error) => {
          if (isMissing(error)) return [];
          throw error;
        },
      );
      return entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => slashed(path.relative(folder, path.join(parentPath, name))))
        .filter((key) => key.startsWith(prefix))
        .sort();
    },
    putOnce: written,
    uploadOnce: written,
  };
}

function isMissing(error: unknown): boolean {
  const { code } = Object(error);
  return code === "ENOENT" || code === "ENOTDIR";
}
