import type { BuildOptions } from "esbuild";
import { ownConditions } from "./own-source.ts";

/** What everything that is bundled for Node.js has in common. */
export const nodeBundle = {
  bundle: true,
  format: "esm",
  platform: "node",
  outExtension: { ".js": ".mjs" },
  // ES modules can be shaken down to what is used; `main` is often CommonJS, and cannot.
  mainFields: ["module", "main"],
  // Packages that have both forms name the one for bundlers so; with conditions of our own, esbuild asks no more for it.
  conditions: [...ownConditions, "module"],
  // CommonJS packages in the bundle ask for `require`, which an ES module does not have.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  metafile: true,
  write: false,
  logLevel: "silent",
} as const satisfies BuildOptions;
