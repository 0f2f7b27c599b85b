import path from "node:path";
import { version as esbuildVersion } from "esbuild";
import { type Artifact, zipBundle } from "./artifact.ts";
import { bundleArtifacts, type FunctionSource } from "./artifact-bundle/bundle-artifacts.ts";
import { BuildCache } from "./cache/build-cache.ts";
import { addCodeCache, type Compilers, findCompilers } from "./code-cache/add-code-cache.ts";
import type { FindCompiler } from "./code-cache/code-compiler.ts";
import { ownPackageModules } from "./own-source.ts";
import { findSecrets, type Secret } from "./secrets/find-secrets.ts";
import type { Steps } from "./steps.ts";
import { zip } from "./zip/zip.ts";

/** An artifact, and what was found out when it was made. */
export interface BuiltArtifact extends Artifact {
  /** The source maps of its files, zipped. */
  readonly sourceMaps: Uint8Array;
  readonly secrets: readonly Secret[];
}

export interface ServiceBuild {
  readonly artifacts: readonly BuiltArtifact[];
  /** SHA-256 of every file that went in, by its path relative to the service's folder. */
  readonly inputDigests: Readonly<Record<string, string>>;
}

export interface BuildOptions {
  readonly toolkitVersion: string;
  /** Whether the last build may be used again, and this one is kept. */
  readonly cache: boolean;
  /** For functions with a code cache. */
  readonly findCompiler: FindCompiler;
  readonly steps: Steps;
}

/**
 * Builds a service's artifacts, or takes those of the last time where nothing has changed.
 *
 * @throws {LambdakitError} BUNDLE_FAILED, PACKAGE_CODE_CACHE, DEV_RUNTIME_NOT_FOUND
 */
export async function buildService(
  directory: string,
  functions: readonly FunctionSource[],
  { toolkitVersion, cache: useCache, findCompiler, steps }: BuildOptions,
): Promise<ServiceBuild> {
  const compilers = await findCompilers(functions, findCompiler);
  const nodes = [...compilers].map(([runtime, { version, architecture }]) => [
    runtime,
    version,
    architecture,
  ]);
  const cache = new BuildCache<readonly BuiltArtifact[]>({
    directory,
    recipe: [toolkitVersion, esbuildVersion, functions, nodes, process.env.NODE_PATH ?? ""],
    inputs: (artifacts) => [
      ...new Set(artifacts.flatMap(({ inputs }) => inputs.map((input) => input.path))),
    ],
    others: (await ownPackageModules()).map((file) => path.relative(directory, file)),
  });
  const kept = useCache ? await cache.read() : undefined;
  if (kept !== undefined) steps.done("nothing has changed since the last time");
  const startedAt = Date.now();
  const observed =
    kept ?? (await cache.observe(await build(directory, functions, compilers, steps)));
  if (useCache && kept === undefined) {
    await cache.keep(observed, startedAt).catch((error: Error) => {
      steps.done(`not kept for the next time: ${error.message}`);
    });
  }
  return {
    artifacts: observed.build,
    inputDigests: Object.fromEntries(
      observed.observations.map(({ path: file, state }) => [file, state]),
    ),
  };
}

async function build(
  directory: string,
  functions: readonly FunctionSource[],
  compilers: Compilers,
  steps: Steps,
): Promise<BuiltArtifact[]> {
  const bundles = await bundleArtifacts(directory, functions);
  steps.done(`bundled ${functions.length} ${functions.length === 1 ? "function" : "functions"}`);
  const compiled = await addCodeCache(bundles, functions, compilers);
  if (compilers.size > 0) {
    const [made, asked] = [compiled, functions].map((all) => all.filter((one) => one.codeCache));
    steps.done(`compiled the packages of ${made?.length} of ${asked?.length} functions`);
  }
  const artifacts = await Promise.all(
    compiled.map(async (bundle) => ({
      ...(await zipBundle(bundle)),
      // They are not uploaded: nobody waits for a few bytes.
      sourceMaps: zip(bundle.sourceMaps, "least"),
    })),
  );
  steps.done("zipped them, and their source maps");
  const secrets = await Promise.all(bundles.map((bundle) => findSecrets(directory, bundle)));
  steps.done("looked for secrets");
  return artifacts.map((artifact, position) => ({
    ...artifact,
    secrets: secrets[position] ?? [],
  }));
}
