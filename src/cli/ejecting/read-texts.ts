import path from "node:path";
import { readBytes, readFolder } from "../../system/index.ts";

/** What is installed, made, or kept by git itself. */
const others = new Set([".git", ".lambdakit", ".terraform", "coverage", "dist", "node_modules"]);

/** Every text of a service's folder, by its path from there, with `/`. */
export async function readTexts(folder: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const [file, bytes] of await readFiles(folder)) {
    const isText = !bytes.includes(0);
    if (isText) texts.set(file, new TextDecoder().decode(bytes));
  }
  return texts;
}

/** The same, with what is no text. @param isWanted whether a file or folder is read, by its path */
export async function readFiles(
  folder: string,
  isWanted: (path: string) => boolean = (file) => !others.has(path.posix.basename(file)),
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const read = async (below: string): Promise<void> => {
    for (const { name, isFolder, link } of await readFolder(path.join(folder, below))) {
      const file = below === "" ? name : `${below}/${name}`;
      if (link !== undefined || !isWanted(file)) continue;
      if (isFolder) await read(file);
      else files.set(file, await readBytes(path.join(folder, file)));
    }
  };
  await read("");
  return files;
}
