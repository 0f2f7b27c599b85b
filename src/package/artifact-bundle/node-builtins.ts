import { builtinModules } from "node:module";
import type { Plugin } from "esbuild";

/**
 * Takes Node.js's own modules by `process.getBuiltinModule`. An `import` of `node:http`, and `import()` of it
 * too, also loads undici, which a function that never calls `fetch` pays for in every cold start; and
 * CommonJS in the bundle needs no `require` of its own.
 *
 * @see https://github.com/nodejs/node/issues/59686
 * @see https://nodejs.org/api/process.html#processgetbuiltinmoduleid from Node.js 22.3 on, so in `nodejs22.x`
 */
export const nodeBuiltins: Plugin = {
  name: "node-builtins",
  setup(build) {
    build.onResolve({ filter }, ({ path }) => ({
      path: path.replace(/^(?:node:)?/, "node:"),
      namespace: builtin,
      sideEffects: false,
    }));
    build.onLoad({ filter: /.*/, namespace: builtin }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};

/** esbuild's name for where these modules come from. */
export const builtin = "builtin";

const filter = new RegExp(
  `^(?:node:.*|${builtinModules.filter((name) => !name.startsWith("_")).join("|")})$`,
);
