import type { Metafile } from "esbuild";
import { standInsOfFiles } from "../aws-clients/aws-clients.ts";
import { standIn } from "../dependencies/dependencies-outside.ts";
import { isFile } from "../metafile-input.ts";

/** Modules that stand for the file that they name; all others of plugins stand for no file at all. */
const ofFiles = [standIn, ...standInsOfFiles].map((name) => `${name}:`);

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
        imports: input.imports.map((one) => {
          const path = fileBehind(one.path);
          return { ...one, path, ...(!isFile(path) && { external: true }) };
        }),
      };
    }
    for (const [file, output] of Object.entries(outputs)) {
      joined.outputs[file] = { ...output, inputs: Object.fromEntries(real(output.inputs)) };
    }
  }
  return joined;
}

function real<Value>(inputs: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(inputs).filter(([file]) => isFile(file));
}

function fileBehind(module: string): string {
  const prefix = ofFiles.find((one) => module.startsWith(one));
  return prefix === undefined ? module : module.slice(prefix.length);
}
