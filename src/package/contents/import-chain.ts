import type { BundleInput, Contents } from "./contents.ts";

/**
 * Finds the shortest way from a function's entry to one of some files, in names: the service's own files by
 * their paths, packages by their names. Gives undefined where the entry does not reach any.
 */
export function importChains({
  entry,
  inputs,
}: Contents): (isMeant: (input: BundleInput) => boolean) => string[] | undefined {
  const byPath = new Map(inputs.map((input) => [input.path, input]));
  // The nearest come first, and are those that are kept.
  const importer = new Map([[entry, entry]]);
  for (const file of importer.keys()) {
    for (const { path } of byPath.get(file)?.imports ?? []) {
      if (!importer.has(path)) importer.set(path, file);
    }
  }
  const reached = [...importer.keys()].flatMap((file) => byPath.get(file) ?? []);
  return (isMeant) => {
    const nearest = reached.find(isMeant);
    return nearest === undefined ? undefined : names(wayTo(nearest.path, importer), byPath);
  };
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
