import type { OnResolveArgs, PluginBuild } from "esbuild";

/** What an import of a package comes to. */
export interface InstalledModule {
  readonly file: string;
  /** Whether to load it does something, even where nothing of it is used. */
  readonly sideEffects: boolean;
}

/** Imports that may be of packages: neither of files nor of what was resolved already. */
export const packageImports = /^[^./]/;

/**
 * Finds the file below `node_modules` that an import is about; undefined where it is about anything
 * else: a file of the service, a module of Node.js, something that is not there.
 */
export async function installedModule(
  build: PluginBuild,
  { path, kind, resolveDir, pluginData }: OnResolveArgs,
): Promise<InstalledModule | undefined> {
  if (pluginData === asked || kind === "entry-point" || path.startsWith("node:")) return undefined;
  const found = await build.resolve(path, { kind, resolveDir, pluginData: asked });
  if (!/[\\/]node_modules[\\/].*\.[cm]?js$/.test(found.path)) return undefined;
  return { file: found.path, sideEffects: found.sideEffects };
}

/** Marks what a plugin asks esbuild, so that it does not ask itself. */
const asked = Symbol("asked");
