/**
 * Takes out of `dist/` what nobody can reach. The compiler writes every module; once the command line is few
 * files, many serve nothing but to be downloaded. What stays: the command line, what `exports` names,
 * the modules that are used by their path (ARCHITECTURE.md lists them), and what all of these import.
 */
import { readdir, readFile, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

const root = "dist";
const { exports } = JSON.parse(await readFile("package.json", "utf8"));
const all = (await readdir(root, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => path.posix.join(entry.parentPath.split(path.sep).join("/"), entry.name));

const byPath = [
  "dist/authorizer/handler.js",
  "dist/manifest/define-service.js",
  "dist/dev/host/environment-thread.js",
  "dist/dev/host/process/bootstrap.js",
  // They are read for what a build depends on, see `ownPackageModules`.
  ...all.filter((file) => file.startsWith("dist/package/") && file.endsWith(".js")),
];
const offered = Object.values(exports).map((entry) => entry.default.slice(2));
const { metafile } = await build({
  entryPoints: [...offered, ...byPath],
  outdir: root,
  bundle: true,
  write: false,
  metafile: true,
  format: "esm",
  platform: "node",
  packages: "external",
  logLevel: "warning",
});

const kept = new Set([
  ...Object.keys(metafile.inputs),
  ...(await reachedTypes(Object.values(exports).map((entry) => entry.types.slice(2)))),
  ...all.filter((file) => /^dist\/cli\/(bin|_part-\w+)\.js$/.test(file)),
  "dist/THIRD-PARTY-LICENSES.txt",
]);
for (const file of all) if (!kept.has(file)) await rm(file);
for (const folder of new Set(all.map(path.posix.dirname))) await rmEmpty(folder);

/** Declarations import others that have no code at all. */
async function reachedTypes(entries) {
  const reached = new Set();
  const open = [...entries];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    const text = await readFile(file, "utf8");
    for (const [, name] of text.matchAll(/(?:from |import\(|import )"(\.[^"]+)\.[jt]s"/g)) {
      open.push(`${path.posix.join(path.posix.dirname(file), name)}.d.ts`);
    }
  }
  return reached;
}

/** With the folders above that are empty, then. */
async function rmEmpty(folder) {
  if ((await readdir(folder).catch(() => ["gone"])).length > 0) return;
  await rmdir(folder);
  await rmEmpty(path.posix.dirname(folder));
}
