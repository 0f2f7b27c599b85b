import { pathToFileURL } from "node:url";
import type { Plugin } from "esbuild";

/**
 * Leaves packages below `node_modules` out of a bundle that runs in this process: Node.js loads each
 * once, by its file. Bundling zod into a manifest would take longer than all the rest of loading it,
 * at every save; loaded by its file, it is the toolkit's own copy more often than not.
 */
export const installedPackages: Plugin = {
  name: "installed-packages",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === asked || kind === "entry-point" || path.startsWith("node:")) return;
      const found = await build.resolve(path, { kind, resolveDir, pluginData: asked });
      const loadable = /[\\/]node_modules[\\/].*\.[cm]?js$/.test(found.path);
      return loadable ? { path: pathToFileURL(found.path).href, external: true } : undefined;
    });
  },
};

/** Marks what this plugin asks esbuild, so that it does not ask itself. */
const asked = Symbol("asked");
