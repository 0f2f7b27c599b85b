import path from "node:path";
import type { BuildOptions, BuildResult, Metafile } from "esbuild";
import { nodeBundle } from "../node-bundle.ts";
import { nodeBuiltins } from "./node-builtins.ts";

/** Where esbuild is told that it writes; it does not, and source maps are relative to it. */
const imaginaryOutput = "out";

/** How all modules of artifacts are built for one runtime, such as `nodejs22.x`. */
export function artifactBuild(directory: string, runtime: string) {
  const { banner: _, ...shared } = nodeBundle;
  return {
    ...shared,
    absWorkingDir: directory,
    outdir: path.join(directory, imaginaryOutput),
    target: syntaxOf(runtime),
    minify: true,
    // They stand beside the artifacts, in full: see third-party-notices.ts.
    legalComments: "none",
    sourcemap: "external",
    plugins: [nodeBuiltins],
  } as const satisfies BuildOptions;
}

/** esbuild's name for what a runtime understands: `node22` for `nodejs22.x`. */
export function syntaxOf(runtime: string): string {
  return runtime.replace(/^nodejs(\d+)\.x$/, "node$1");
}

export type ArtifactBuild = ReturnType<typeof artifactBuild>;

/** A module that was built, and how the metafile names it. */
export interface BuiltModule {
  readonly code: Uint8Array;
  readonly sourceMap: Uint8Array;
  readonly output: string;
  readonly metafile: Metafile;
}

/** @param name of the module, as its entry point's `out` says */
export function builtModule(
  { absWorkingDir }: ArtifactBuild,
  { outputFiles, metafile }: BuildResult<{ write: false; metafile: true }>,
  name: string,
): BuiltModule {
  const output = `${imaginaryOutput}/${name}.mjs`;
  const contentsOf = (file: string) =>
    outputFiles.find((one) => one.path === file)?.contents ?? new Uint8Array();
  const file = path.resolve(absWorkingDir, output);
  return { code: contentsOf(file), sourceMap: contentsOf(`${file}.map`), output, metafile };
}
