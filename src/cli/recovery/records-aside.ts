import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { AsideStore } from "../../drill/index.ts";
import { folderStore } from "./folder-store.ts";

/**
 * Where records of drills lie on this machine while there is no bucket for them.
 *
 * @param directory the service's folder
 */
export function recordsAside(directory: string): AsideStore {
  const folder = path.join(directory, ".lambdakit");
  const { read, keys } = folderStore(folder);
  const placeOf = (key: string) => path.join(folder, ...key.split("/"));
  return {
    read,
    keys,
    async putOnce(key, contents) {
      const file = placeOf(key);
      await mkdir(path.dirname(file), { recursive: true });
      try {
        await writeFile(file, contents, { flag: "wx" });
        return true;
      } catch (error) {
        if (Object(error).code === "EEXIST") return false;
        throw error;
      }
    },
    clear: (prefix) => rm(placeOf(prefix), { recursive: true, force: true }),
  };
}
