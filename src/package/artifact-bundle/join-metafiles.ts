import path from "node:path";
import type { Metafile } from "esbuild";
import { standIn } from "../dependencies/dependencies-outside.ts";
import { usedPackages } from "./bundle-packages.ts";
import { environment } from "./environment-credentials.ts";
import { builtin } from "./node-builtins.ts";

/** Modules that stand for the file that they name, and those that stand for no file at all. */
const ofFiles = [`${standIn}:`, `${environment}:`];
const ofNothing = [`${builtin}:`, `${usedPackages}:`];

/**
 * One metafile from those of a function's modules, as if they had been bundled together: what our plugins
 * put in the place of files is not seen in it.
 */
export function joinMetafiles(metafiles: readonly Metafile[], directory: string): Metafile {
  const joined: Metafile = { inputs: {}, outputs: {} };
  for (const { inputs, outputs } of metafiles) {
    for (const [file, input] of real(inputs)) {
      joined.inputs[file] = {
        ...input,
        imports: input.imports.map((one) => ({
          ...one,
          path: fileBehind(one.path, directory),
          ...(isOneOf(ofNothing, one.path) && { external: true }),
        })),
      };
    }
    for (const [file, output] of Object.entries(outputs)) {
      joined.outputs[file] = { ...output, inputs: Object.fromEntries(real(output.inputs)) };
    }
  }
  return joined;
}

function real<Value>(inputs: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(inputs).filter(([file]) => !isOneOf([...ofFiles, ...ofNothing], file));
}

/** As esbuild names files: relative to where it works, with `/` between folders. */
function fileBehind(module: string, directory: string): string {
  if (!isOneOf(ofFiles, module)) return module;
  const file = module.slice(module.indexOf(":") + 1);
  return path.relative(directory, file).split(path.sep).join("/");
}

function isOneOf(prefixes: readonly string[], module: string): boolean {
  return prefixes.some((prefix) => module.startsWith(prefix));
}
