/**
 * Makes the built command line one file. It consists of some two hundred modules, and to load them one
 * by one takes longer than what most commands do. Packages stay outside; what is imported only where it
 * is needed stays in files of its own, beside it.
 */
import { readdir, rm } from "node:fs/promises";
import { build } from "esbuild";

const directory = "dist/cli";
const partPrefix = "_part-";

for (const name of await readdir(directory)) {
  if (name.startsWith(partPrefix)) await rm(`${directory}/${name}`);
}
await build({
  entryPoints: [`${directory}/bin.js`],
  outdir: directory,
  allowOverwrite: true,
  // In the same folder, because modules look for things from where they are.
  chunkNames: `${partPrefix}[hash]`,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  logLevel: "warning",
});
