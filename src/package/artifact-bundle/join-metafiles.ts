import type { Metafile } from "esbuild";
import { standInsOfFiles, standInsOfNothing } from "../aws-clients/aws-clients.ts";
import { standIn } from "../dependencies/dependencies-outside.ts";
import { usedPackages } from "./bundle-packages.ts";
import { builtin } from "./node-builtins.ts";

/** Modules that stand for the file that they name, and those that stand for no file at all. */
const ofFiles = [standIn, ...standInsOfFiles].map((name) => `${name}:`);
const ofNothing = [builtin, usedPackages, ...standInsOfNothing].map((name) => `${name}:`);

/**
 * One metafile from those of a function's modules, as if they had been bundled together: what our plugins
 * put in the place of files is not seen in it.
 */
export function joinMetafiles(metafiles: readonly Metafile[]): Metafile {
  const joined: Metafile = { inputs: {}, outputs: {} };
  for (const { inputs, outputs } of metafiles) {
    for (const [file, input] of real(inputs)) {
      joined.inputs[file] = {
        ...input,
        imports: input.imports.map((one) => ({
          ...one,
          path: fileBehind(one.path),
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

function fileBehind(module: string): string {
  return isOneOf(ofFiles, module) ? module.slice(module.indexOf(":") + 1) : module;
}

function isOneOf(prefixes: readonly string[], module: string): boolean {
  return prefixes.some((prefix) => module.startsWith(prefix));
}
