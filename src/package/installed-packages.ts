import { pathToFileURL } from "node:url";
import type { Plugin } from "esbuild";
import { findInstalled, packageImports } from "./installed-module.ts";

/**
 * Leaves packages below `node_modules` out of a bundle that runs in this process: Node.js loads each
 * once, by its file, and keeps no copy of it for each save.
 */
export const installedPackages: Plugin = {
  name: "installed-packages",
  setup(build) {
    const installed = findInstalled(build);
    build.onResolve({ filter: packageImports }, async (asked) => {
      const found = await installed(asked);
      return found && { path: pathToFileURL(found.file).href, external: true };
    });
  },
};
