import path from "node:path";
import { fileExists, nearestFolderWith, readJsonFile } from "../../system/index.ts";
import type { PackageId } from "./contents.ts";

/**
 * Finds the package that each file belongs to: what lies in `node_modules`, and packages of the same
 * repository, which npm links to where they are and which are known by their names only.
 *
 * @param directory the service's folder, which all paths are relative to
 * @param specifiers how files were imported, such as `zod` or `./product.ts`
 */
export async function findPackages(
  directory: string,
  paths: readonly string[],
  specifiers: ReadonlyMap<string, string>,
): Promise<Map<string, PackageId>> {
  const installed = new Set<string>();
  for (const one of paths) installed.add(installedFolder(one) ?? "");
  installed.delete("");
  const ids = new Map<string, PackageId>();
  for (const folder of installed) ids.set(folder, await read(directory, folder));

  const own = namedFolder(directory, ".");
  for (const [file, specifier] of specifiers) {
    const folder = installedFolder(file) === undefined ? namedFolder(directory, file) : undefined;
    if (folder === undefined || folder === own || ids.has(folder)) continue;
    const id = await read(directory, folder);
    if (`${specifier}/`.startsWith(`${id.name}/`)) ids.set(folder, id);
  }
  const found = paths.map((file) => {
    const folder = installedFolder(file) ?? namedFolder(directory, file);
    return [file, folder === undefined ? undefined : ids.get(folder)] as const;
  });
  return new Map(found.filter((one): one is [string, PackageId] => one[1] !== undefined));
}

/** `../../node_modules/@aws-sdk/core/dist/index.js` → `../../node_modules/@aws-sdk/core` */
function installedFolder(file: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
}

/** The folder above a file that has a `package.json`, relative to the service's folder. */
function namedFolder(directory: string, file: string): string | undefined {
  const start = path.resolve(directory, file);
  const folder = nearestFolderWith("package.json", fileExists(start) ? path.dirname(start) : start);
  if (folder === undefined) return undefined;
  return path.relative(directory, folder).split(path.sep).join("/") || ".";
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
