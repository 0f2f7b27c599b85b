import path from "node:path";
import type { BuildOptions } from "esbuild";
import { nodeBundle } from "../node-bundle.ts";
import { nodeBuiltins } from "./node-builtins.ts";

/** Where esbuild is told that it writes; it does not, and source maps are relative to it. */
export const imaginaryOutput = "out";

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
