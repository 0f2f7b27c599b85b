import { pathToFileURL } from "node:url";
import type { Plugin } from "esbuild";
import { installedModule, packageImports } from "./installed-module.ts";

/**
 * Leaves packages below `node_modules` out of a bundle that runs in this process: Node.js loads each
 * once, by its file, and keeps no copy of it for each save.
 */
export const installedPackages: Plugin = {
  name: "installed-packages",
  setup(build) {
    build.onResolve({ filter: packageImports }, async (asked) => {
      const found = await installedModule(build, asked);
      return found && { path: pathToFileURL(found.file).href, external: true };
    });
  },
};
