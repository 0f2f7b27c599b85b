import { join } from "node:path";
import type { OnResolveArgs, PluginBuild } from "esbuild";
import { nearestFolderWith, readStamp } from "../system/index.ts";

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
 * How a plugin finds what is installed. esbuild takes some milliseconds for each answer, so it is asked once for
 * all folders from where the same is found, and again when what says so is another than it was: the package's
 * `package.json`, or the service's, or its `tsconfig.json`.
 */
export function findInstalled(build: PluginBuild): FindInstalled {
  const answers = new Map<string, Promise<InstalledModule | undefined>>();
  const surroundings = new Map<string, string>();
  build.onStart(() => surroundings.clear());
  return async (one) => {
    const { path, kind, resolveDir, pluginData } = one;
    if (pluginData === asked || kind === "entry-point" || path.startsWith("node:"))
      return undefined;
    const place = JSON.stringify([path, resolveDir]);
    const around = surroundings.get(place) ?? surroundingsOf(resolveDir, packageName(path));
    surroundings.set(place, around);
    const key = JSON.stringify([path, kind, around]);
    const answer = answers.get(key) ?? ask(build, one);
    answers.set(key, answer);
    return answer;
  };
}

/** Folders with the same of these around them find the same package. */
function surroundingsOf(folder: string, name: string): string {
  return JSON.stringify([
    nearest(folder, "package.json"),
    nearest(folder, "tsconfig.json"),
    nearest(folder, join("node_modules", name), "package.json"),
  ]);
}

/** Where something lies, and what it is like, or a file in it. */
function nearest(folder: string, name: string, ...inside: string[]) {
  const where = nearestFolderWith(name, folder);
  return where !== undefined && [where, readStamp(join(where, name, ...inside))];
}

/** `@scope/name` of `@scope/name/part`. */
function packageName(path: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path;
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
