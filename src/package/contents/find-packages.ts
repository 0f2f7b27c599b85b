import path from "node:path";
import { fileExists, nearestFolderWith, readJsonFile, slashed } from "../../system/index.ts";
import type { PackageId } from "./contents.ts";

/** How files were imported, by file: `zod`, or `./product.ts`. */
export type Specifiers = ReadonlyMap<string, string>;

/**
 * Finds the packages that files belong to: what lies in `node_modules`, and packages of the same
 * repository, which npm links to where they are and which are known by their names only. What it has read
 * for one function it knows for the next.
 *
 * @param directory the service's folder, which all paths are relative to
 */
export function packageFinder(
  directory: string,
): (paths: readonly string[], specifiers: Specifiers) => Promise<Map<string, PackageId>> {
  const idOf = once((folder: string) => read(directory, folder));
  const namedFolderOf = once((file: string) => namedFolder(directory, file));
  const installedFolderOf = once(installedFolder);
  const own = namedFolder(directory, ".");
  return async (paths, specifiers) => {
    const installed = new Set<string>();
    for (const one of paths) installed.add(installedFolderOf(one) ?? "");
    installed.delete("");
    const ids = new Map<string, PackageId>();
    for (const folder of installed) ids.set(folder, await idOf(folder));

    for (const [file, specifier] of specifiers) {
      const folder = installedFolderOf(file) === undefined ? namedFolderOf(file) : undefined;
      if (folder === undefined || folder === own || ids.has(folder)) continue;
      const id = await idOf(folder);
      if (`${specifier}/`.startsWith(`${id.name}/`)) ids.set(folder, id);
    }
    const found = new Map<string, PackageId>();
    for (const file of paths) {
      const id = ids.get(installedFolderOf(file) ?? namedFolderOf(file) ?? "");
      if (id !== undefined) found.set(file, id);
    }
    return found;
  };
}

function once<Value>(work: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const value = known.has(key) ? (known.get(key) as Value) : work(key);
    known.set(key, value);
    return value;
  };
}

/** `../../node_modules/@aws-sdk/core/dist/index.js` → `../../node_modules/@aws-sdk/core` */
export function installedFolder(file: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
}

/** The folder above a file that has a `package.json`, relative to the service's folder. */
function namedFolder(directory: string, file: string): string | undefined {
  const start = path.resolve(directory, file);
  const folder = nearestFolderWith("package.json", fileExists(start) ? path.dirname(start) : start);
  if (folder === undefined) return undefined;
  return slashed(path.relative(directory, folder)) || ".";
}

async function read(directory: string, folder: string): Promise<PackageId> {
  const file = path.join(directory, folder, "package.json");
  const { name, version } = Object(await readJsonFile(file).catch(() => ({})));
  const called = /(?:@[^/]+\/)?[^/]+$/.exec(folder)?.[0] ?? folder;
  return {
    name: typeof name === "string" ? name : called,
    version: typeof version === "string" ? version : "0.0.0",
    folder,
  };
}
