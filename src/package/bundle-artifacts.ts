import path from "node:path";
import { build } from "esbuild";
import { LambdakitError } from "../errors/index.ts";
import type { BundledFunction } from "./contents/contents.ts";
import { readContents } from "./contents/read-contents.ts";
import { messagesOf, missingPackage } from "./esbuild-messages.ts";
import { ownConditions } from "./own-source.ts";

/** A function, as far as its artifact depends on it. */
export interface FunctionSource {
  /** Its key in the manifest, such as `list`. */
  readonly key: string;
  /** The source file, relative to the service's folder. */
  readonly entry: string;
  /** Such as `nodejs22.x`: what syntax the bundle may have. */
  readonly runtime: string;
}

/** The module in every artifact; with the handler's name it is Lambda's handler string. */
export const artifactModule = "index";

/** Where esbuild is told that it writes; it does not, and source maps are relative to it. */
const imaginaryOutput = "out";

/**
 * Bundles functions as Lambda gets them: each alone, with the AWS SDK inside, minified with names kept
 * for stack traces. The same source comes to the same bytes, wherever it lies.
 *
 * @throws {LambdakitError} BUNDLE_FAILED
 */
export async function bundleArtifacts(
  directory: string,
  functions: readonly FunctionSource[],
): Promise<BundledFunction[]> {
  const runtimes = [...new Set(functions.map(({ runtime }) => runtime))];
  const bundles = await Promise.all(
    runtimes.map((runtime) => {
      const those = functions.filter((one) => one.runtime === runtime);
      return bundleFor(runtime, directory, those);
    }),
  );
  return bundles.flat();
}

async function bundleFor(
  runtime: string,
  directory: string,
  functions: readonly FunctionSource[],
): Promise<BundledFunction[]> {
  const outdir = path.join(directory, imaginaryOutput);
  const { outputFiles, metafile } = await build({
    absWorkingDir: directory,
    entryPoints: functions.map(({ key, entry }) => ({
      in: path.resolve(directory, entry),
      out: `${key}/${artifactModule}`,
    })),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: runtime.replace(/^nodejs(\d+)\.x$/, "node$1"),
    // ES modules can be shaken down to what is used; `main` is often CommonJS, and cannot.
    mainFields: ["module", "main"],
    conditions: ownConditions,
    // CommonJS packages in the bundle ask for `require`, which an ES module does not have.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    minify: true,
    keepNames: true,
    // They stand beside the artifacts, in full: see third-party-notices.ts.
    legalComments: "none",
    sourcemap: "external",
    metafile: true,
    write: false,
    logLevel: "silent",
  }).catch((cause: unknown) => {
    const missing = missingPackage(cause);
    throw new LambdakitError("BUNDLE_FAILED", {
      message: `The functions could not be bundled.\n${messagesOf(cause)}`,
      fix:
        missing === undefined
          ? "correct the file and run the command again"
          : `npm install --save ${missing}`,
      cause,
    });
  });
  const contentsOf = (file: string) =>
    outputFiles.find((output) => output.path === file)?.contents ?? new Uint8Array();
  return Promise.all(
    functions.map(async ({ key }) => {
      const file = path.join(outdir, key, `${artifactModule}.mjs`);
      const output = `${imaginaryOutput}/${key}/${artifactModule}.mjs`;
      return {
        key,
        files: { [`${artifactModule}.mjs`]: contentsOf(file) },
        sourceMaps: { [`${artifactModule}.mjs.map`]: contentsOf(`${file}.map`) },
        ...(await readContents(metafile, [output], directory)),
      };
    }),
  );
}
