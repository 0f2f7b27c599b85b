import path from "node:path";
import { build } from "esbuild";
import { nodeBundle } from "../node-bundle.ts";

/** What can be known of a package's module without running it. */
export interface ExaminedModule {
  /** Every name that it exports; undefined for CommonJS, where only running it tells. */
  readonly exports: readonly string[] | undefined;
  /** The files that say so. */
  readonly inputs: readonly string[];
}

/** Lists what a module exports, its `export * from` included. */
export async function examineModule(file: string, directory: string): Promise<ExaminedModule> {
  // Most packages say themselves what they export, and only few pass on all of another.
  return (await examine(file, directory, "external")) ?? examineWhole(file, directory);
}

async function examineWhole(file: string, directory: string): Promise<ExaminedModule> {
  const examined = await examine(file, directory, "bundle");
  return examined ?? { exports: undefined, inputs: [file] };
}

/** Undefined where it exports everything of what was not looked at. */
async function examine(
  file: string,
  directory: string,
  packages: "external" | "bundle",
): Promise<ExaminedModule | undefined> {
  const { metafile, outputFiles } = await build({
    ...nodeBundle,
    absWorkingDir: directory,
    entryPoints: [file],
    outdir: directory,
    packages,
  });
  if (outputFiles.some(({ text }) => /^export \* from/m.test(text))) return undefined;
  const [output] = Object.values(metafile.outputs);
  const isCommonJs = metafile.inputs[output?.entryPoint ?? ""]?.format !== "esm";
  return {
    exports: isCommonJs ? undefined : (output?.exports ?? []),
    inputs: Object.keys(metafile.inputs).map((input) => path.resolve(directory, input)),
  };
}
