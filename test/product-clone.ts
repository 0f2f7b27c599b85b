import { copyFile, mkdir, readdir, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "./temporary-folder.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
/** What the Product service needs of the repository, and all that its functions reach. */
const parts = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "dist",
  "services/product/package.json",
  "services/product/service.ts",
  "services/product/sample-data.json",
  "services/product/src",
  ...["@aws", "@aws-sdk", "@smithy", "bowser", "mnemonist", "obliterator", "zod"].map(
    (name) => `node_modules/${name}`,
  ),
];

/**
 * The Product service in a second clone of this repository, without what it does not need.
 *
 * @param order in which its files are made, which many disks list them in, too
 * @param folder an empty one, that whoever asks for it deletes. @default one that goes with the test
 * @returns the service's folder
 */
export async function productClone(
  order: (files: readonly string[]) => readonly string[],
  folder?: string,
): Promise<string> {
  const clone = folder ?? (await temporaryFolder());
  const files = (await Promise.all(parts.map(filesIn))).flat().filter(isNeeded);
  for (const file of order(files)) {
    const copy = path.join(clone, file);
    await mkdir(path.dirname(copy), { recursive: true });
    await copyFile(path.join(root, file), copy);
  }
  await symlink("..", path.join(clone, "node_modules/lambdakit"));
  return path.join(clone, "services/product");
}

/** Types, and modules of another form than those that are bundled, are nothing to esbuild. */
function isNeeded(file: string): boolean {
  return !/\.d\.[cm]?ts$|\.map$|\.test\.ts$|[\\/]dist-types[\\/]|[\\/]locales[\\/].*\.cjs$/.test(
    file,
  );
}

async function filesIn(part: string): Promise<string[]> {
  if ((await stat(path.join(root, part))).isFile()) return [part];
  const entries = await readdir(path.join(root, part), { withFileTypes: true });
  const inside = entries.map((entry) => {
    const file = path.join(part, entry.name);
    return entry.isDirectory() ? filesIn(file) : [file];
  });
  return (await Promise.all(inside)).flat();
}
