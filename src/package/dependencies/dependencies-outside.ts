import { relative, resolve } from "node:path";
import type { Plugin } from "esbuild";
import { slashed } from "../../system/index.ts";
import { findInstalled, packageImports } from "../installed-module.ts";

/** Where the modules of packages lie, for whoever bundles without them. */
export interface OutsideModules {
  /** Every name that a module exports; undefined where it has to be bundled with what imports it. */
  exportsOf(file: string): Promise<readonly string[] | undefined>;
  /** Those of the names that are likely to be all that is used: to bundle is quicker then. @default all */
  likelyNames?(file: string): ReadonlySet<string> | undefined;
  /** What to import instead of it. */
  urlOf(file: string): string;
  /** What one of its names is called there. @default the same */
  outsideName?(file: string, name: string): string;
}

/** How the import of one name is told from an import for the module's effect alone. */
const oneName = "name:";
const effect = "effect:";
/** All names that are not likely, of which it is only seen that something is used. */
const others = "others:";
/** esbuild's name for where the stand-ins come from. */
export const standIn = "package";

/**
 * Leaves packages out of a bundle, which imports them from elsewhere, name by name. In the place of a
 * package stands a module that passes on each of its exports, so that it is esbuild who finds out which
 * of them are used, of `import * as z` too.
 */
export function dependenciesOutside(modules: OutsideModules): Plugin {
  return {
    name: "dependencies-outside",
    setup(build) {
      const installed = findInstalled(build);
      const base = build.initialOptions.absWorkingDir ?? process.cwd();
      build.onResolve({ filter: packageImports }, async (asked) => {
        const found = await installed(asked);
        if (found === undefined || (await modules.exportsOf(found.file)) === undefined) return null;
        const { file, sideEffects } = found;
        // Relative, because source maps tell it: they have to be the same wherever the service lies.
        const path = slashed(relative(base, file));
        return { path, namespace: standIn, sideEffects, pluginData: { sideEffects } };
      });
      build.onLoad({ filter: /.*/, namespace: standIn }, async ({ path, pluginData }) => {
        const file = resolve(base, path);
        const from = (how: string) => JSON.stringify(how + path);
        // Of one statement esbuild keeps all names or none: so each name has its own.
        const names = (await modules.exportsOf(file)) ?? [];
        const likely = modules.likelyNames?.(file) ?? new Set(names);
        const unlikely = names.filter((name) => !likely.has(name)).map(exportName);
        return {
          contents: [
            ...(pluginData.sideEffects ? [`import ${from(effect)};`] : []),
            ...names
              .filter((name) => likely.has(name))
              .map((name) => {
                const outside = modules.outsideName?.(file, name) ?? name;
                return `export { ${exportName(outside)} as ${exportName(name)} } from ${from(oneName)};`;
              }),
            ...(unlikely.length > 0 ? [`export { ${unlikely.join()} } from ${from(others)};`] : []),
          ].join("\n"),
        };
      });
      build.onResolve({ filter: /^(name|effect|others):/, namespace: standIn }, ({ path }) => {
        const url = modules.urlOf(resolve(base, path.slice(path.indexOf(":") + 1)));
        return {
          path: path.startsWith(others) ? othersUrl(url) : url,
          external: true,
          sideEffects: path.startsWith(effect),
        };
      });
    },
  };
}

/** What is imported where a name is used that was not likely. There is no such module. */
export function othersUrl(url: string): string {
  return `${url}?others`;
}

/** As it is written in an export: what is no identifier is a text. */
export function exportName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/**
 * Which names modules import from outside, by what {@link OutsideModules.urlOf} gave.
 * @param codes what esbuild made
 * @param prefix what these URLs start with
 */
export function importedNames(
  codes: readonly string[],
  prefix: string,
): Map<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const code of codes) {
    for (const [, clause, url = ""] of code.matchAll(importStatement)) {
      if (!url.startsWith(prefix)) continue;
      const known = names.get(url) ?? new Set();
      names.set(url, known);
      if (clause !== undefined) known.add(nameOf(clause));
    }
  }
  return names;
}

/** An identifier, or what a JavaScript text in quotes says. */
function nameOf(clause: string): string {
  if (!/^["']/.test(clause)) return clause;
  return clause.slice(1, -1).replace(/\\(?:x(..)|u(....)|(.))/g, (_, two, four, one) => {
    const code = two ?? four;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return controls[one] ?? one;
  });
}

const controls: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  0: "\0",
};

/** As esbuild writes it, minified or not: `import { name as other } from "url";`, or without names. */
const importStatement =
  /\bimport\s*(?:\{\s*([\w$]+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')[^}]*\}\s*from\s*)?"((?:[^"\\]|\\.)*)"/g;
