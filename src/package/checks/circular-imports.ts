import path from "node:path";
import type { Problem } from "../../errors/index.ts";
import type { Contents } from "../contents/contents.ts";
import { placeOfImport } from "../contents/place-of-import.ts";
import type { Check } from "./check.ts";

/**
 * Files of the service that import each other in a circle. JavaScript allows it, and gives whichever
 * file comes first the other's exports before they are there. Which one that is differs from function
 * to function. Packages are their authors' business, and `import()` waits for nothing.
 */
export const checkCircularImports: Check = async (artifacts, { directory }) => {
  const problems = new Map<string, Problem>();
  for (const { key, ...contents } of artifacts) {
    for (const circle of circlesOf(contents)) {
      const [first = "", second = ""] = circle;
      const text = [...circle, first].join(" -> ");
      if (problems.has(text)) continue;
      const specifier = contents.inputs
        .find((one) => one.path === first)
        ?.imports.find((one) => one.path === second)?.specifier;
      problems.set(text, {
        code: "PACKAGE_CIRCULAR_IMPORT",
        path: ["functions", key],
        message: `files import each other in a circle: ${text}`,
        fix: `move what ${first} and ${circle.at(-1)} both need into a file of its own`,
        place: await placeOfImport(path.join(directory, first), specifier ?? ""),
      });
    }
  }
  return [...problems.values()];
};

/** The shortest circle through each file that is in one, none twice, each from its first name on. */
function circlesOf({ inputs }: Contents): string[][] {
  const own = new Map(
    inputs.filter((one) => one.package === undefined).map((one) => [one.path, one.imports]),
  );
  const importedBy = (file: string) =>
    (own.get(file) ?? [])
      .filter((one) => !one.isDynamic && own.has(one.path))
      .map((one) => one.path);
  const done = new Set<string>();
  return [...own.keys()].sort().flatMap((start) => {
    const circle = done.has(start) ? undefined : wayBack(start, importedBy);
    for (const file of circle ?? []) done.add(file);
    return circle === undefined ? [] : [circle];
  });
}

/** The shortest way from a file over its imports to itself. */
function wayBack(start: string, importedBy: (file: string) => string[]): string[] | undefined {
  const importer = new Map([[start, start]]);
  const queue = [start];
  for (const file of queue) {
    for (const next of importedBy(file)) {
      if (next === start) {
        const way = [file];
        while (way[0] !== start) way.unshift(importer.get(way[0] ?? "") ?? start);
        return way;
      }
      if (importer.has(next)) continue;
      importer.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
}
