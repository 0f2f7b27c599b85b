import type { OnResolveArgs, PluginBuild } from "esbuild";
import { nearestFolderWith } from "../system/index.ts";

/** What an import of a package comes to. */
export interface InstalledModule {
  readonly file: string;
  /** Whether to load it does something, even where nothing of it is used. */
  readonly sideEffects: boolean;
}

/**
 * Finds the file below `node_modules` that an import is about; undefined where it is about anything
 * else: a file of the service, a module of Node.js, something that is not there.
 */
export type FindInstalled = (asked: OnResolveArgs) => Promise<InstalledModule | undefined>;

/** Imports that may be of packages: neither of files nor of what was resolved already. */
export const packageImports = /^[^./]/;

/**
 * How a plugin finds what is installed. esbuild takes some milliseconds for each answer, so within one build it
 * is asked once for all folders from where the same is found.
 */
export function findInstalled(build: PluginBuild): FindInstalled {
  const answers = new Map<string, Promise<InstalledModule | undefined>>();
  const surroundings = new Map<string, string>();
  build.onStart(() => {
    answers.clear();
    surroundings.clear();
  });
  return async (one) => {
    const { path, kind, resolveDir, pluginData } = one;
    if (pluginData === asked || kind === "entry-point" || path.startsWith("node:"))
      return undefined;
    const around = surroundings.get(resolveDir) ?? surroundingsOf(resolveDir);
    surroundings.set(resolveDir, around);
    const key = JSON.stringify([path, kind, around]);
    const answer = answers.get(key) ?? ask(build, one);
    answers.set(key, answer);
    return answer;
  };
}

/** Folders with the same of these around them find the same packages. */
function surroundingsOf(folder: string): string {
  const names = ["node_modules", "package.json", "tsconfig.json"];
  return JSON.stringify(names.map((name) => nearestFolderWith(name, folder)));
}

async function ask(
  build: PluginBuild,
  { path, kind, resolveDir }: OnResolveArgs,
): Promise<InstalledModule | undefined> {
  const found = await build.resolve(path, { kind, resolveDir, pluginData: asked });
  if (!/[\\/]node_modules[\\/].*\.[cm]?js$/.test(found.path)) return undefined;
  return { file: found.path, sideEffects: found.sideEffects };
}

/** Marks what a plugin asks esbuild, so that it does not ask itself. */
const asked = Symbol("asked");
