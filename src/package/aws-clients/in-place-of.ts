import path from "node:path";
import type { Plugin } from "esbuild";
import { slashed } from "../../system/index.ts";

/** A module that is put in the place of one of a package, for some of those who import it. */
export interface Replacement {
  /** The plugin's name, and esbuild's for where the module comes from. */
  readonly name: string;
  /** How it is imported. */
  readonly imports: RegExp;
  /** The files that get the replacement: others mean the module itself. */
  readonly importers: RegExp;
  /** What the replacement is made of, asked for from where the module lies. @default the module itself */
  readonly from?: string;
  /** @param file what it is made of, as the replacement may import it, in quotes */
  readonly contents: (file: string) => string;
}

/** Where what a replacement is made of is not there, the module stays. */
export function inPlaceOf({ name, imports, importers, from, contents }: Replacement): Plugin {
  return {
    name,
    setup(build) {
      build.onResolve(
        { filter: imports },
        async ({ path: asked, kind, resolveDir, namespace, importer }) => {
          // What the replacement itself imports is what it says.
          if (namespace !== "file" || !importers.test(importer)) return null;
          const resolve = (what: string, folder: string) =>
            build.resolve(what, { kind, resolveDir: folder, namespace: name });
          const module = await resolve(asked, resolveDir);
          const found =
            from === undefined ? module : await resolve(from, path.dirname(module.path));
          if (found.errors.length > 0) return null;
          const { absWorkingDir: base = "" } = build.initialOptions;
          return {
            // Relative, because a metafile tells it: it has to be the same wherever the service lies.
            path: slashed(path.relative(base, found.path)),
            namespace: name,
            sideEffects: false,
            pluginData: found.path,
          };
        },
      );
      build.onLoad({ filter: /.*/, namespace: name }, ({ pluginData: file }) => ({
        contents: contents(JSON.stringify(`./${path.basename(file)}`)),
        resolveDir: path.dirname(file),
      }));
    },
  };
}
