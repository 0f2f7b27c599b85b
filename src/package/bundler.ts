import path from "node:path";
import { type BuildResult, context, type Metafile, type OutputFile } from "esbuild";
import { LambdakitError } from "../errors/index.ts";
import { fileExists, writeFiles } from "../system/index.ts";
import { Dependencies } from "./dependencies/dependencies.ts";
import { dependenciesOutside, importedNames } from "./dependencies/dependencies-outside.ts";
import { EffectImports } from "./effect-imports.ts";
import { messagesOf } from "./esbuild-messages.ts";
import { nodeBundle } from "./node-bundle.ts";
import { entryFile } from "./own-source.ts";

export interface BundlerOptions {
  /** The service's folder. */
  readonly directory: string;
  /** Where the modules are written. */
  readonly outputDirectory: string;
  /** Where packages are kept, bundled, for the next run. @default `dependencies` in the output folder */
  readonly cacheDirectory?: string;
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
 * packages are bundled apart and only when they change, and a second build does what has changed.
 */
export async function createBundler({
  directory,
  outputDirectory,
  cacheDirectory = path.join(outputDirectory, "dependencies"),
  entries,
}: BundlerOptions): Promise<Bundler> {
  const dependencies = new Dependencies({ directory, cacheDirectory });
  const builder = await context({
    ...nodeBundle,
    absWorkingDir: directory,
    entryPoints: Object.entries(entries).map(([out, file]) => ({
      in: entryFile(directory, file),
      out,
    })),
    outdir: outputDirectory,
    entryNames: "[name]-[hash]",
    chunkNames: "_shared-[hash]",
    splitting: true,
    target: "node20",
    sourcemap: true,
    // The sources lie where the maps say, and every environment reads its maps.
    sourcesContent: false,
    plugins: [dependenciesOutside(dependencies)],
  });
  const effectImports = new EffectImports();
  const build = async (): Promise<Result> => {
    const result = await builder.rebuild();
    const imported = importedNames(modulesOf(result), dependencies.urlPrefix);
    if (await dependencies.cover(imported)) return build();
    const inputs = inputsOf(directory, result.metafile);
    if (!dependencies.overlaps(inputs) && !(await effectImports.areIn(ownSources(inputs)))) {
      return result;
    }
    dependencies.giveUp();
    return builder.rebuild();
  };
  return {
    async build() {
      try {
        await dependencies.load();
        let building = build();
        // While esbuild works: few builds find that a package has changed.
        if (dependencies.forgetChanged()) building = building.then(build, build);
        const { outputFiles, metafile } = await building;
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

type Result = BuildResult<{ write: false; metafile: true }>;

function describe(directory: string, names: readonly string[], metafile: Metafile): Bundle {
  const files = new Map(
    Object.keys(metafile.outputs).map((file) => [
      path.basename(file).replace(/-[0-9A-Z]+\.mjs$/, ""),
      path.resolve(directory, file),
    ]),
  );
  return {
    modules: Object.fromEntries(names.map((name) => [name, files.get(name) ?? ""])),
    inputs: ownSources(inputsOf(directory, metafile)),
  };
}

function inputsOf(directory: string, { inputs }: Metafile): string[] {
  return Object.keys(inputs).map((input) => path.resolve(directory, input));
}

/** Files that are neither of packages nor of a plugin of ours. */
function ownSources(inputs: readonly string[]): string[] {
  return inputs.filter((input) => !input.includes("node_modules"));
}

/** The code of each module that was built, without the source maps. */
function modulesOf({ outputFiles }: { readonly outputFiles: readonly OutputFile[] }): string[] {
  return outputFiles.filter(({ path: file }) => file.endsWith(".mjs")).map(({ text }) => text);
}
