import type { Metafile } from "esbuild";
import type { BundleImport, BundleInput, Contents } from "./contents.ts";
import { findPackages } from "./find-packages.ts";

/**
 * Reads from esbuild's metafile what a function is made of.
 *
 * @param outputs the files of the function's zip, as the metafile names them; the first is the entry's
 * @param directory the service's folder, which all paths of the metafile are relative to
 */
export async function readContents(
  metafile: Metafile,
  outputs: readonly string[],
  directory: string,
): Promise<Contents> {
  const { entryPoint = "", exports = [] } = metafile.outputs[outputs[0] ?? ""] ?? {};
  const bytes = new Map<string, number>();
  for (const output of outputs) {
    for (const [input, { bytesInOutput }] of Object.entries(
      metafile.outputs[output]?.inputs ?? {},
    )) {
      bytes.set(input, (bytes.get(input) ?? 0) + bytesInOutput);
    }
  }
  const reached = reachedFrom(entryPoint, metafile.inputs);
  const paths = [...new Set([...reached, ...bytes.keys()])].sort();
  const imports = paths.map((path) => [path, importsOf(path, metafile.inputs)] as const);
  // A package of the same repository is known only by how it was asked for.
  const specifiers = imports.flatMap(([, all]) =>
    all.map((one): [string, string] => [one.path, one.specifier]),
  );
  const packages = await findPackages(directory, paths, new Map(specifiers));
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
}

type Inputs = Metafile["inputs"];

function reachedFrom(entry: string, inputs: Inputs): string[] {
  const reached = new Set([entry]);
  for (const path of reached) for (const one of importsOf(path, inputs)) reached.add(one.path);
  return [...reached];
}

function importsOf(path: string, inputs: Inputs): BundleImport[] {
  const inside = inputs[path]?.imports.filter((one) => one.external !== true) ?? [];
  return inside.map((one) => ({
    path: one.path,
    specifier: one.original ?? one.path,
    isDynamic: one.kind === "dynamic-import",
  }));
}
