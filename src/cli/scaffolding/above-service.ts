import path from "node:path";
import { fileExists, nearestFolderWith, readFolder, readJsonFile } from "../../system/index.ts";

/** The packages that a service may import: those of its `package.json`, and of those above it in its repository. */
export async function declaredPackages(directory: string): Promise<ReadonlySet<string>> {
  const files = folders(directory).map((folder) => path.join(folder, "package.json"));
  const read = files.filter(fileExists).map(async (file) => Object(await readJsonFile(file)));
  const all = await Promise.all(read);
  return new Set(
    all.flatMap((one) => Object.keys({ ...one.dependencies, ...one.devDependencies })),
  );
}

/** Whether Vitest is told something for a service, there or above it. */
export async function hasVitestConfig(directory: string): Promise<boolean> {
  const entries = await Promise.all(folders(directory).map(readFolder));
  return entries.flat().some(({ name }) => /^vite(?:st)?\.config\.[cm]?[jt]s$/.test(name));
}

/** The service's, and those that it is in, up to the root of its repository. */
function folders(directory: string): string[] {
  const root = nearestFolderWith(".git", directory) ?? directory;
  const between = path.relative(root, directory).split(path.sep).filter(Boolean);
  return [directory, ...between.map((_, at) => path.resolve(root, ...between.slice(0, at)))];
}
