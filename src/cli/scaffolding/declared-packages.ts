import path from "node:path";
import { fileExists, nearestFolderWith, readJsonFile } from "../../system/index.ts";

/** The packages that a service may import: those of its `package.json`, and of those above it in its repository. */
export async function declaredPackages(directory: string): Promise<ReadonlySet<string>> {
  const root = nearestFolderWith(".git", directory) ?? directory;
  const names = new Set<string>();
  for (let folder = directory; ; folder = path.dirname(folder)) {
    const file = path.join(folder, "package.json");
    if (fileExists(file)) {
      const { dependencies, devDependencies } = Object(await readJsonFile(file));
      for (const name of Object.keys({ ...dependencies, ...devDependencies })) names.add(name);
    }
    if (folder === root || folder === path.dirname(folder)) return names;
  }
}
