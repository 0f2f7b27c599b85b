import type { BundleInput, Contents } from "./contents.ts";

/**
 * The shortest way from a function's entry to one of these files, in names: the service's own files by
 * their paths, packages by their names. Undefined where the entry does not reach any.
 */
export function importChain(
  { entry, inputs, imports }: Contents,
  isMeant: (input: BundleInput) => boolean,
): string[] | undefined {
  const byPath = new Map(inputs.map((input) => [input.path, input]));
  const importer = new Map([[entry, entry]]);
  for (const file of importer.keys()) {
    const input = byPath.get(file);
    if (input !== undefined && isMeant(input)) return names(wayTo(file, importer), byPath);
    for (const { path } of imports[file] ?? []) {
      if (!importer.has(path)) importer.set(path, file);
    }
  }
  return undefined;
}

function wayTo(file: string, importer: ReadonlyMap<string, string>): string[] {
  const before = importer.get(file) ?? file;
  return before === file ? [file] : [...wayTo(before, importer), file];
}

/** Files of one package that follow each other are one step. */
function names(way: readonly string[], inputs: ReadonlyMap<string, BundleInput>): string[] {
  const all = way.map((file) => inputs.get(file)?.package?.name ?? file);
  return all.filter((name, step) => name !== all[step - 1]);
}
