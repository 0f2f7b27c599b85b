import type { Metafile } from "esbuild";
import type { BundleImport, BundleInput, Contents } from "./contents.ts";
import { packageFinder } from "./find-packages.ts";

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
  const sorted = [...imported.keys()].sort();
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
    const imports = paths.map((path) => [path, imported.get(path) ?? []] as const);
    // A package of the same repository is known only by how it was asked for.
    const specifiers = new Map<string, string>();
    for (const [, all] of imports) for (const one of all) specifiers.set(one.path, one.specifier);
    const packages = await findPackages(paths, specifiers);
    return {
      entry: entryPoint,
      exports: [...exports].sort(),
      inputs: paths.map((path): BundleInput => {
        const found = packages.get(path);
        return {
          path,
          bytes: bytes.get(path) ?? 0,
          ...(found === undefined ? {} : { package: found }),
        };
      }),
      imports: Object.fromEntries(imports),
    };
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
