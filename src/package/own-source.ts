import path from "node:path";
import { fileURLToPath } from "node:url";
import { authorizerEntry } from "../names.ts";
import { nearestFolderWith, readFolder } from "../system/index.ts";

/*
 * Of the built command line all files are in `dist/cli/`. They are as deep below the package as this file
 * is, so that all find the same things.
 */

/** Whether the toolkit runs from its source, and not as it was built. */
export const isSource = import.meta.url.endsWith(".ts");
const extension = isSource ? "ts" : "js";

/** One of the toolkit's own modules, by its path below `src/` and without its extension. */
export function ownModule(name: string): string {
  return fileURLToPath(new URL(`../${name}.${extension}`, import.meta.url));
}

/** A function's source file: the service's own, or what the toolkit has for it. */
export function entryFile(directory: string, entry: string): string {
  return entry === authorizerEntry
    ? ownModule("authorizer/handler")
    : path.resolve(directory, entry);
}

/** A folder of the toolkit that is used as it is written, by its path below `src/`. */
export function ownFolder(name: string): string {
  return fileURLToPath(new URL(`../../src/${name}/`, import.meta.url));
}

/** The Product service's source, which comes with the toolkit: new services are made from it. */
export const ownTemplate = fileURLToPath(new URL("../../services/product/", import.meta.url));

/** The toolkit's own package: its `package.json`, and what it is published with. */
export const ownPackage = fileURLToPath(new URL("../../", import.meta.url));

/** The folder that the toolkit's own packages are installed in. */
export function ownPackages(): string {
  const folder = nearestFolderWith("node_modules/zod", path.dirname(ownModule("index")));
  return path.join(folder ?? "", "node_modules");
}

/** So that a service gets the toolkit that is running, and not another copy of it. */
export const ownConditions = isSource ? ["lambdakit:source"] : [];

/** The toolkit's modules that decide what is in an artifact: with others, it may be another. */
export async function ownPackageModules(
  folder = path.dirname(ownModule("package/index")),
): Promise<string[]> {
  const entries = await readFolder(folder);
  const files = entries.map(({ name, isFolder }) => {
    const file = path.join(folder, name);
    if (isFolder) return ownPackageModules(file);
    return name.endsWith(`.${extension}`) && !/\.(?:test|d)\.\w+$/.test(name) ? [file] : [];
  });
  return (await Promise.all(files)).flat();
}
