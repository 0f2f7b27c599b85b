import { appendFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

export function fileExists(file: string): boolean {
  return existsSync(file) && statSync(file).isFile();
}

export function readTextFile(file: string): Promise<string> {
  return readFile(file, "utf8");
}

/** At once: a build reads a thousand small files, and to wait for each takes half as long again. */
export async function readBytes(file: string): Promise<Uint8Array> {
  return readFileSync(file);
}

/** @throws {SyntaxError} where the file is not JSON */
export async function readJsonFile(file: string): Promise<unknown> {
  return JSON.parse(await readTextFile(file));
}

/** Writes files, and the folders that they are in. */
export async function writeFiles(
  files: readonly { readonly path: string; readonly contents: Uint8Array }[],
): Promise<void> {
  const folders = new Set(files.map((file) => path.dirname(file.path)));
  await Promise.all([...folders].map((folder) => mkdir(folder, { recursive: true })));
  await Promise.all(files.map((file) => writeFile(file.path, file.contents)));
}

/**
 * Writes files that are not there yet, and the folders that they are in: all of them, or none.
 *
 * @throws the first failure; what was made until then is taken away again
 */
export async function writeNewFiles(
  files: readonly { readonly path: string; readonly contents: Uint8Array }[],
): Promise<void> {
  const made: string[] = [];
  try {
    for (const folder of new Set(files.map((file) => path.dirname(file.path)))) {
      const first = await mkdir(folder, { recursive: true });
      if (first !== undefined) made.push(first);
    }
    for (const file of files) {
      await writeFile(file.path, file.contents, { flag: "wx" });
      made.push(file.path);
    }
  } catch (error) {
    await Promise.all(made.map((one) => rm(one, { recursive: true, force: true })));
    throw error;
  }
}

/** Adds a line to a file, whole also where several processes do so at once. */
export function appendLine(file: string, line: string): void {
  appendFileSync(file, `${line}\n`);
}

export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true });
}
