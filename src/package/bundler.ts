import path from "node:path";
import { context, type Metafile } from "esbuild";
import { LambdakitError } from "../errors/index.ts";
import { fileExists, writeFiles } from "../system/index.ts";
import { messagesOf } from "./esbuild-messages.ts";
import { ownConditions } from "./own-source.ts";

export interface BundlerOptions {
  /** The service's folder. */
  readonly directory: string;
  /** Where the modules are written. */
  readonly outputDirectory: string;
  /** The source file of each module, by the module's name. */
  readonly entries: Readonly<Record<string, string>>;
}

export interface Bundle {
  /** The file of each module, by its name. A file's name changes whenever anything in it does. */
  readonly modules: Readonly<Record<string, string>>;
  /** Every source file that went in and is not from `node_modules`. */
  readonly inputs: readonly string[];
}

export interface Bundler {
  /** @throws {LambdakitError} BUNDLE_FAILED; what was built before stays as it is */
  build(): Promise<Bundle>;
  dispose(): Promise<void>;
}

/**
 * Bundles modules for this machine, quickly and again and again: code that they share is built once,
 * and a second build only does what has changed.
 */
export async function createBundler({
  directory,
  outputDirectory,
  entries,
}: BundlerOptions): Promise<Bundler> {
  const builder = await context({
    absWorkingDir: directory,
    entryPoints: Object.entries(entries).map(([out, file]) => ({
      in: path.resolve(directory, file),
      out,
    })),
    outdir: outputDirectory,
    entryNames: "[name]-[hash]",
    chunkNames: "_shared-[hash]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    conditions: ownConditions,
    // CommonJS packages in the bundle ask for `require`, which an ES module does not have.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    sourcemap: true,
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  return {
    async build() {
      try {
        const { outputFiles, metafile } = await builder.rebuild();
        await writeFiles(outputFiles.filter((file) => !fileExists(file.path)));
        return describe(directory, Object.keys(entries), metafile);
      } catch (cause) {
        throw new LambdakitError("BUNDLE_FAILED", {
          message: `The functions could not be bundled.\n${messagesOf(cause)}`,
          fix: "correct the file and save it",
          cause,
        });
      }
    },
    dispose: () => builder.dispose(),
  };
}

function describe(directory: string, names: readonly string[], metafile: Metafile): Bundle {
  const files = new Map(
    Object.keys(metafile.outputs).map((file) => [
      path.basename(file).replace(/-[0-9A-Z]+\.mjs$/, ""),
      path.resolve(directory, file),
    ]),
  );
  return {
    modules: Object.fromEntries(names.map((name) => [name, files.get(name) ?? ""])),
    inputs: Object.keys(metafile.inputs)
      .filter((input) => !input.includes("node_modules"))
      .map((input) => path.resolve(directory, input)),
  };
}
