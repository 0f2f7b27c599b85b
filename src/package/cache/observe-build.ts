import path from "node:path";
import { readFolder, readTextFile } from "../../system/index.ts";
import { type Observation, observe } from "./observation.ts";

/** Files that say how imports are resolved, wherever they stand above a source file. */
const settings = ["package.json", "tsconfig.json", "jsconfig.json"];

/**
 * Observes everything that a bundle of these files depends on: the files; the names in the service's
 * folder, since a new file may be what an import means from now on; in the folders of packages and above, the
 * names that an import on the way would rather have; and `package.json` and `tsconfig.json` all the way up.
 */
export async function observeBuild(
  directory: string,
  inputs: readonly string[],
  others: readonly string[],
): Promise<Observation[]> {
  const resolve = (file: string) => path.resolve(directory, file);
  const files = new Set([...inputs, ...others]);
  const stems = stemsByFolder(directory, inputs.map(resolve));
  for (const folder of [...stems.keys(), ...foldersAbove(directory)]) {
    for (const name of settings) files.add(relative(directory, path.join(folder, name)));
  }
  for (const file of await extendedSettings([...files].map(resolve))) {
    files.add(relative(directory, file));
  }
  const own = await sourceFolders(directory);
  for (const folder of own) stems.delete(folder);
  return Promise.all([
    ...[...files].sort().map((file) => observe(file, resolve)),
    ...own.map((folder) => observe(relative(directory, folder), resolve)),
    ...[...stems].map(([folder, names]) =>
      observe(relative(directory, folder), resolve, [...names].sort()),
    ),
  ]);
}

/**
 * For each folder above a file, what stands in it on the way: `a/b/c.ts` gives `b` in `a`, `c` in `b`. What
 * the folders above the service are called does not matter: it may be moved.
 */
function stemsByFolder(directory: string, files: readonly string[]): Map<string, Set<string>> {
  const above = new Set(foldersAbove(directory));
  const stems = new Map<string, Set<string>>();
  for (const file of files) {
    let below = file;
    for (const folder of foldersAbove(file).slice(1)) {
      const names = stems.get(folder) ?? new Set(["node_modules"]);
      const stem = below === file ? path.basename(file, path.extname(file)) : path.basename(below);
      if (names.has(stem)) break;
      stems.set(folder, above.has(below) ? names : names.add(stem));
      below = folder;
    }
  }
  return stems;
}

/** This folder and all above it. */
function foldersAbove(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)];
}

/** The folders of the service's own source, as far as they are on no other's ground. */
async function sourceFolders(folder: string): Promise<string[]> {
  const inside = (await readFolder(folder)).filter(
    ({ name, isFolder }) => isFolder && !name.startsWith(".") && name !== "node_modules",
  );
  const below = await Promise.all(inside.map(({ name }) => sourceFolders(path.join(folder, name))));
  return [folder, ...below.flat()];
}

/** What the `tsconfig.json`s among these files extend, and what that extends. */
async function extendedSettings(files: readonly string[]): Promise<string[]> {
  const found = new Set(files.filter((file) => /[jt]sconfig\.json$/.test(file)));
  for (const file of found) {
    const text = await readTextFile(file).catch(() => "");
    const [, value = ""] = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/.exec(text) ?? [];
    for (const [, name = ""] of value.matchAll(/"([^"]+)"/g)) {
      for (const candidate of extendedFiles(path.dirname(file), name)) found.add(candidate);
    }
  }
  return [...found];
}

/** Where the file may be that `extends` names; those that are not there are observed all the same. */
function extendedFiles(folder: string, name: string): string[] {
  const bases = /^\.{0,2}\//.test(name)
    ? [path.resolve(folder, name)]
    : foldersAbove(folder).map((one) => path.join(one, "node_modules", name));
  return bases.flatMap((base) => [base, `${base}.json`, path.join(base, "tsconfig.json")]);
}

function relative(directory: string, file: string): string {
  return path.relative(directory, file) || ".";
}
