import { createHash } from "node:crypto";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { digest, writeFolder } from "../../system/index.ts";
import { awsClients } from "../aws-clients/aws-clients.ts";
import { isFile } from "../metafile-input.ts";
import { nodeBundle } from "../node-bundle.ts";
import { exportName } from "./dependencies-outside.ts";

/** The names that are used of each module of a package, by the module's file. */
export type UsedNames = ReadonlyMap<string, ReadonlySet<string>>;

/** Modules of packages, bundled together, without what nobody uses of them. */
export interface DependencyBundle {
  /** The folder that it lies in, which is called after what is in it. */
  readonly directory: string;
  readonly used: UsedNames;
  /** Every file that went in. */
  readonly inputs: readonly string[];
  /** The files in the folder. */
  readonly outputs: readonly string[];
}

/**
 * Bundles what is used of packages into a folder of its own below `parent`, one module for each that is
 * imported, and what these share only once.
 */
export async function buildDependencies(
  used: UsedNames,
  { parent, directory }: { readonly parent: string; readonly directory: string },
): Promise<DependencyBundle> {
  const outdir = path.join(directory, "dependencies");
  const { outputFiles, metafile } = await build({
    ...nodeBundle,
    absWorkingDir: directory,
    target: "node20",
    entryPoints: [...used.keys()].map((file) => ({ in: entry + file, out: moduleId(file) })),
    outdir,
    chunkNames: "shared-[hash]",
    splitting: true,
    // Half the bytes, which every environment reads; names and the comments with the files' names stay.
    minifySyntax: true,
    plugins: [
      ...awsClients,
      {
        name: "used-names",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: new RegExp(`^${entry}`) }, (asked) => ({
            path: asked.path.slice(entry.length),
            namespace: entry,
          }));
          onLoad({ filter: /.*/, namespace: entry }, ({ path: file }) => ({
            contents: reExport(file, used.get(file) ?? new Set()),
            resolveDir: path.dirname(file),
          }));
        },
      },
    ],
  });
  const files = outputFiles.map((file) => ({
    name: path.relative(outdir, file.path),
    contents: file.contents,
  }));
  const target = path.join(parent, digestOf(files));
  await writeFolder(target, files);
  return {
    directory: target,
    used,
    outputs: files.map(({ name }) => name),
    inputs: Object.keys(metafile.inputs)
      .filter(isFile)
      .map((input) => path.resolve(directory, input)),
  };
}

const entry = "used-names";

function reExport(file: string, names: ReadonlySet<string>): string {
  const from = JSON.stringify(file);
  if (names.size === 0) return `import ${from};`;
  return `export { ${[...names].sort().map(exportName).join(", ")} } from ${from};`;
}

/** What a module of a package is called in the bundle: a word for people, and what tells it from others. */
function moduleId(file: string): string {
  const [, name = ""] = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file) ?? [];
  const whose = digest(file).slice(0, 8);
  return `${name.replace(/[^\w.-]+/g, "-").replace(/^-/, "")}-${whose}`;
}

/** Where to import a package's module from, once it is in a bundle in this folder. */
export function moduleUrl(directory: string, file: string): string {
  return pathToFileURL(path.join(directory, `${moduleId(file)}.mjs`)).href;
}

function digestOf(files: readonly { readonly name: string; readonly contents: Uint8Array }[]) {
  const hash = createHash("sha256");
  const sorted = [...files].sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const { name, contents } of sorted) {
    hash.update(`${name}\n${contents.length}\n`).update(contents);
  }
  return hash.digest("hex").slice(0, 16);
}
