import path from "node:path";
import { build, type Plugin } from "esbuild";
import { LambdakitError } from "../../errors/index.ts";
import type { BundledFunction } from "../contents/contents.ts";
import { EffectImports } from "../effect-imports.ts";
import { messagesOf, missingPackage } from "../esbuild-messages.ts";
import { isFile } from "../metafile-input.ts";
import { entryFile } from "../own-source.ts";
import { type ArtifactBuild, artifactBuild } from "./artifact-build.ts";
import { type BuiltModule, buildModules, inputsOf, type ModuleEntry } from "./build-modules.ts";
import { bundlePackages } from "./bundle-packages.ts";
import { type ModulesReader, modulesReader } from "./modules-reader.ts";
import { ownSourceMap } from "./own-source-map.ts";
import { PackagesOutside, packagesModule, type UsedPackages } from "./packages-outside.ts";

/** A function, as far as its artifact depends on it. */
export interface FunctionSource {
  /** Its key in the manifest, such as `list`. */
  readonly key: string;
  /** The source file, relative to the service's folder. */
  readonly entry: string;
  /** Such as `nodejs22.x`: what syntax the bundle may have. */
  readonly runtime: string;
  /** Whether its packages are compiled beforehand. @default false */
  readonly codeCache?: boolean;
}

/** The module in every artifact; with the handler's name it is Lambda's handler string. */
export const artifactModule = "index";

/**
 * Bundles functions as Lambda gets them: each alone, with the AWS SDK inside, minified with names kept
 * for stack traces. The same source comes to the same bytes, wherever it lies.
 *
 * A function's own code is one module, and what it uses of packages is another beside it. Functions that
 * use the same of them, as most do, share the work of linking, minifying and compressing it.
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
      return bundleFor(artifactBuild(directory, runtime), those).catch(fail);
    }),
  );
  const byKey = new Map(bundles.flat().map((bundle) => [bundle.key, bundle]));
  return functions.flatMap(({ key }) => byKey.get(key) ?? []);
}

/** One function's modules, by their names. */
type Modules = Readonly<Record<string, BuiltModule>>;

async function bundleFor(
  settings: ArtifactBuild,
  functions: readonly FunctionSource[],
): Promise<BundledFunction[]> {
  const { absWorkingDir: directory, plugins: shared } = settings;
  const outside = new PackagesOutside(directory);
  outside.narrow(await usedByAll(settings, functions, outside));
  const own = await bundleOwn(settings, functions, [...shared, outside.plugin]);
  const packages = await bundlePackages(
    settings,
    own.map((module) => outside.usedBy([text(module.code)], inputsOf(module))),
  );
  const apart = own.map((index, position): Modules => {
    const beside = packages[position];
    return { [artifactModule]: index, ...(beside && { [packagesModule]: beside }) };
  });
  const effectImports = new EffectImports();
  const unfit = await Promise.all(
    apart.map((modules) => mustBeOne(modules, directory, effectImports)),
  );
  const rest = functions.filter((_, position) => unfit[position]);
  const whole = rest.length === 0 ? [] : await bundleOwn(settings, rest, shared);
  const read = modulesReader(directory);
  return Promise.all(
    functions.map(({ key }, position) => {
      const alone = whole[rest.findIndex((one) => one.key === key)];
      return describe(key, alone ? { [artifactModule]: alone } : (apart[position] ?? {}), read);
    }),
  );
}

/**
 * What functions use of packages, all of them together: once, with what they share, where to find it out
 * for each function would be to look at everything that packages export as many times.
 */
async function usedByAll(
  settings: ArtifactBuild,
  functions: readonly FunctionSource[],
  outside: PackagesOutside,
): Promise<UsedPackages> {
  const { outputFiles, metafile } = await build({
    ...settings,
    entryPoints: entryPoints(settings, functions),
    splitting: true,
    sourcemap: false,
    plugins: [...settings.plugins, outside.plugin],
  });
  return outside.usedBy(
    outputFiles.map((file) => file.text),
    Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)),
  );
}

async function bundleOwn(
  settings: ArtifactBuild,
  functions: readonly FunctionSource[],
  plugins: Plugin[],
): Promise<BuiltModule[]> {
  const modules = await buildModules(
    {
      ...settings,
      // What stack traces are read for. To keep names beside shortened ones takes a call for each function
      // that is made, at run time too.
      minifyIdentifiers: false,
      minifySyntax: true,
      minifyWhitespace: true,
      minify: false,
      plugins,
    },
    entryPoints(settings, functions),
  );
  return modules.map((one) => ({ ...one, sourceMap: ownSourceMap(one.sourceMap) }));
}

function entryPoints(
  { absWorkingDir }: ArtifactBuild,
  functions: readonly FunctionSource[],
): ModuleEntry[] {
  return functions.map(({ key, entry }) => ({
    in: entryFile(absWorkingDir, entry),
    out: `${key}/${artifactModule}`,
  }));
}

/**
 * Whether a function's code and its packages have to be one module: some of its code has to run first, or
 * a file is in both and would run twice, as CommonJS may be, which stays with the code that asks for it.
 */
async function mustBeOne(
  modules: Modules,
  directory: string,
  effectImports: EffectImports,
): Promise<boolean> {
  const [own, packages] = Object.values(modules).map((one) => inputsOf(one).filter(isFile));
  if (own === undefined || packages === undefined) return false;
  if (own.some((file) => packages.includes(file))) return true;
  const sources = own.filter((file) => !file.includes("node_modules/"));
  return effectImports.areIn(sources.map((file) => path.resolve(directory, file)));
}

async function describe(
  key: string,
  modules: Modules,
  read: ModulesReader,
): Promise<BundledFunction> {
  const all = Object.entries(modules);
  return {
    key,
    files: Object.fromEntries(all.map(([name, { code }]) => [`${name}.mjs`, code])),
    sourceMaps: Object.fromEntries(all.map(([name, one]) => [`${name}.mjs.map`, one.sourceMap])),
    ...(await read(all.map(([, module]) => module))),
  };
}

function text(code: Uint8Array): string {
  return new TextDecoder().decode(code);
}

function fail(cause: unknown): never {
  const missing = missingPackage(cause);
  throw new LambdakitError("BUNDLE_FAILED", {
    message: `The functions could not be bundled.\n${messagesOf(cause)}`,
    fix:
      missing === undefined
        ? "correct the file and run the command again"
        : `npm install --save ${missing}`,
    cause,
  });
}
