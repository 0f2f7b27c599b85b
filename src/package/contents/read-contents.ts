import type { Metafile } from "esbuild";
import type { BundleImport, BundleInput, Contents, PackageId } from "./contents.ts";
import { installedFolder, packageFinder } from "./find-packages.ts";

/** Says what a function is made of; `outputs` are the files of its zip, as the metafile names them, the entry's first. */
export type ContentsReader = (outputs: readonly string[]) => Promise<Contents>;

/**
 * Reads from esbuild's metafile what the functions are made of that were built together.
 *
 * @param directory the service's folder, which all paths of the metafile are relative to
 */
export function contentsReader(metafile: Metafile, directory: string): ContentsReader {
  const findPackages = packageFinder(directory);
  const imported = new Map(
    Object.keys(metafile.inputs).map((path) => [path, importsOf(path, metafile.inputs)]),
  );
  // A package of the same repository is known only by how it was asked for.
  const asked = new Map(
    [...imported].map(([path, imports]) => [
      path,
      imports.filter((one) => installedFolder(one.path) === undefined),
    ]),
  );
  const sorted = [...imported.keys()].sort();
  const inputOf = sharedInputs(imported);
  return async (outputs) => {
    const { entryPoint = "", exports = [] } = metafile.outputs[outputs[0] ?? ""] ?? {};
    const bytes = new Map<string, number>();
    for (const output of outputs) {
      const inputs = Object.entries(metafile.outputs[output]?.inputs ?? {});
      for (const [input, { bytesInOutput }] of inputs) {
        bytes.set(input, (bytes.get(input) ?? 0) + bytesInOutput);
      }
    }
    const inside = reachedFrom(entryPoint, imported);
    for (const path of bytes.keys()) inside.add(path);
    const paths = sorted.filter((path) => inside.has(path));
    const specifiers = new Map<string, string>();
    for (const path of paths)
      for (const one of asked.get(path) ?? []) specifiers.set(one.path, one.specifier);
    const packages = await findPackages(paths, specifiers);
    return {
      entry: entryPoint,
      exports: [...exports].sort(),
      inputs: paths.map((path) => inputOf(path, bytes.get(path) ?? 0, packages.get(path))),
    };
  };
}

/** Most files are packages', and functions have most of them in common: the same input is one object. */
function sharedInputs(imported: ReadonlyMap<string, readonly BundleImport[]>) {
  const known = new Map<string, BundleInput[]>();
  return (path: string, bytes: number, from: PackageId | undefined): BundleInput => {
    const alike = known.get(path) ?? [];
    known.set(path, alike);
    const same = alike.find((one) => one.bytes === bytes && one.package === from);
    if (same !== undefined) return same;
    const imports = imported.get(path) ?? [];
    const input = { path, bytes, ...(from !== undefined && { package: from }), imports };
    alike.push(input);
    return input;
  };
}

function reachedFrom(
  entry: string,
  imports: ReadonlyMap<string, readonly BundleImport[]>,
): Set<string> {
  const reached = new Set([entry]);
  for (const path of reached) for (const one of imports.get(path) ?? []) reached.add(one.path);
  return reached;
}

function importsOf(path: string, inputs: Metafile["inputs"]): BundleImport[] {
  const inside = inputs[path]?.imports.filter((one) => one.external !== true) ?? [];
  return inside.map((one) => ({
    path: one.path,
    specifier: one.original ?? one.path,
    isDynamic: one.kind === "dynamic-import",
  }));
}
