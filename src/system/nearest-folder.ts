import { existsSync } from "node:fs";
import path from "node:path";

/** The folder, from this one upwards, that has a file or folder of this name. */
export function nearestFolderWith(name: string, folder: string): string | undefined {
  if (existsSync(path.join(folder, name))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : nearestFolderWith(name, parent);
}
