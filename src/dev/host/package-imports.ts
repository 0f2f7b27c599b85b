import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Code } from "./environment.ts";

/** As esbuild writes them: a statement begins a line, and what it imports from is in double quotes. */
const importStatement = /^(?:import|export)\b(?:[^"';]*\bfrom)? *"([^"\\]+)";$/gm;

/**
 * The URLs that code imports from its packages when it is loaded, in the order in which they run. What
 * modules of its own import counts as well, what is imported on demand does not.
 */
export function packageImports({ module, packages }: Code): string[] {
  if (module === undefined || packages === undefined) return [];
  const prefix = `${pathToFileURL(packages).href}/`;
  const found = new Set<string>();
  const seen = new Set<string>();
  const look = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, from = ""] of textOf(file).matchAll(importStatement)) {
      if (from.startsWith(prefix)) found.add(from);
      else if (from.startsWith(".")) look(path.resolve(path.dirname(file), from));
    }
  };
  look(module);
  return [...found];
}

/** Of a file that is not there, whoever loads it will say so. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
