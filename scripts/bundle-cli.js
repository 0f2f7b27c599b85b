/**
 * Makes the built command line few files. It consists of some hundreds of modules, and to load them one by one
 * takes longer than what most commands do. Each command, and what is imported only where it is needed, is in
 * files of its own. Packages go in, of which a small part is used, AWS's SDK above all. Whose work is inside
 * then, and under which licence, is written beside it.
 */
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { readLicence } from "../dist/package/sbom/licence.js";
import { pastIndexes } from "./past-indexes.js";
import { requiredPackages } from "./required-packages.js";

const { dependencies, optionalDependencies } = JSON.parse(await readFile("package.json", "utf8"));
const directory = "dist/cli";
const partPrefix = "_part-";

/** Those that are installed besides, because modules that are no part of the command line have them. */
const insideToo = ["chokidar", "fflate", "jose", "zod"];

for (const name of await readdir(directory)) {
  if (name.startsWith(partPrefix)) await rm(`${directory}/${name}`);
}
const { metafile } = await build({
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
  // The SDK's packages have modules, too, of which what is not used can be left out.
  mainFields: ["module", "main"],
  external: Object.keys({ ...dependencies, ...optionalDependencies }).filter(
    (name) => !insideToo.includes(name),
  ),
  metafile: true,
  plugins: [
    pastIndexes,
    requiredPackages(["@babel/parser", "esbuild"]),
    {
      name: "english",
      setup({ onLoad }) {
        // zod's other languages are half of it. A manifest that wants one gets the installed zod.
        onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
          contents: 'export { default as en } from "./en.js";',
        }));
      },
    },
  ],
  // For packages in CommonJS, which ask for Node.js's own modules by it.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
  logLevel: "warning",
});
await writeFile("dist/THIRD-PARTY-LICENSES.txt", await licences(Object.keys(metafile.inputs)));

/** Every package that files are of, and each text once: most of AWS's are the same. */
async function licences(files) {
  const folders = files.flatMap(
    (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? [],
  );
  const packages = await Promise.all([...new Set(folders)].sort().map(read));
  const users = new Map();
  for (const { name, texts } of packages) {
    for (const text of texts) users.set(text, [...(users.get(text) ?? []), name]);
  }
  for (const { name, licence } of packages.filter(({ texts }) => texts.length === 0)) {
    // Its text is the same for everybody; others name who holds the copyright.
    const same = packages.find((one) => one.licence === licence && one.texts.length > 0);
    if (licence !== "Apache-2.0" || same === undefined) throw new Error(`${name}: no licence`);
    users.get(same.texts[0]).push(name);
  }
  return [
    "lambdakit's command line has these packages inside:",
    "",
    ...packages.map(({ name, licence }) => `${name} (${licence})`),
    ...[...users].flatMap(([text, names]) => ["", "=".repeat(80), ...names, "", text]),
    "",
  ].join("\n");
}

async function read(folder) {
  const packageJson = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const { licence, texts } = await readLicence(folder, packageJson);
  return {
    name: `${packageJson.name} ${packageJson.version}`,
    licence,
    texts: Object.values(texts).map((text) => text.replaceAll("\r\n", "\n").trim()),
  };
}
