import { digest } from "../../system/index.ts";
import { syntaxOf } from "../artifact-bundle/artifact-build.ts";
import type { FunctionSource } from "../artifact-bundle/bundle-artifacts.ts";
import type { BundledFunction } from "../contents/contents.ts";
import type { CodeCompiler, FindCompiler } from "./code-compiler.ts";
import { cacheFile, moduleFile, scriptFile } from "./file-names.ts";
import { packagesScript } from "./packages-script.ts";
import { packagesShim } from "./packages-shim.ts";

/** By the runtime whose Node.js they are. */
export type Compilers = ReadonlyMap<string, CodeCompiler>;

type Source = Pick<FunctionSource, "key" | "runtime" | "codeCache">;
type Files = Readonly<Record<string, Uint8Array>>;
/** What a function's zip holds for its packages, compiled. */
type CompiledPackages = Pick<BundledFunction, "files" | "sourceMaps">;

/** @throws {LambdakitError} DEV_RUNTIME_NOT_FOUND */
export async function findCompilers(
  functions: readonly Source[],
  find: FindCompiler,
): Promise<Compilers> {
  const wanted = functions.filter(({ codeCache }) => codeCache).map(({ runtime }) => runtime);
  const found = [...new Set(wanted)].map(async (one) => [one, await find(one)] as const);
  return new Map(await Promise.all(found));
}

/**
 * Puts compiled packages in the place of packages, for the functions that ask for it, made once for those
 * that share them. A function without packages apart stays as it is, and so does one whose packages only
 * work as a module: it has no `codeCache` then.
 *
 * @throws {LambdakitError} PACKAGE_CODE_CACHE
 */
export async function addCodeCache(
  bundles: readonly BundledFunction[],
  functions: readonly Source[],
  compilers: Compilers,
): Promise<BundledFunction[]> {
  const made = new Map<string, Promise<CompiledPackages | undefined>>();
  return Promise.all(
    bundles.map(async (bundle) => {
      const { runtime = "", codeCache } = functions.find(({ key }) => key === bundle.key) ?? {};
      const compiler = codeCache ? compilers.get(runtime) : undefined;
      const { [moduleFile]: module, ...files } = bundle.files;
      const { [`${moduleFile}.map`]: map, ...sourceMaps } = bundle.sourceMaps;
      if (compiler === undefined || module === undefined || map === undefined) return bundle;
      const key = `${runtime} ${digest(module)}`;
      const compiling = made.get(key) ?? compile(module, map, runtime, compiler);
      made.set(key, compiling);
      const compiled = await compiling;
      if (compiled === undefined) return bundle;
      return {
        ...bundle,
        files: { ...files, ...compiled.files },
        sourceMaps: { ...sourceMaps, ...compiled.sourceMaps },
        codeCache: { node: compiler.version, architecture: compiler.architecture },
      };
    }),
  );
}

async function compile(
  module: Uint8Array,
  map: Uint8Array,
  runtime: string,
  compiler: CodeCompiler,
): Promise<CompiledPackages | undefined> {
  const script = await packagesScript(module, map, syntaxOf(runtime));
  if (script === undefined) return undefined;
  const cache = await compiler.compile(script.code);
  const files: Files = {
    [moduleFile]: Buffer.from(packagesShim(script.names, cache, compiler)),
    [scriptFile]: Buffer.from(script.code),
    [cacheFile]: cache,
  };
  return { files, sourceMaps: { [`${scriptFile}.map`]: Buffer.from(script.sourceMap) } };
}
