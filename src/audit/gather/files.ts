import path from "node:path";
import { readBytes, readFolder, readStamp, runProgram } from "../../system/index.ts";
import type { FileFacts, TextFile } from "../facts.ts";

/** Larger files are data, not something that people write. */
export const mostBytes = 1_000_000;

const made = new Set([".git", "node_modules", "dist", "coverage", ".lambdakit", ".terraform"]);

/** What git tracks in a repository, or would track; in a folder without git, all but what is made. */
export async function gatherFiles(root: string): Promise<Pick<FileFacts, "files" | "paths">> {
  const paths = (await trackedPaths(root)) ?? (await walk(root, ""));
  const files: TextFile[] = [];
  for (const file of paths) {
    const text = await readText(path.join(root, file));
    if (text !== undefined) files.push({ path: file, text });
  }
  return { paths, files };
}

async function trackedPaths(root: string): Promise<string[] | undefined> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  try {
    const { status, output } = await runProgram("git", args, { directory: root });
    if (status !== 0) return undefined;
    const paths = new Set(output.split("\0").filter((one) => one !== ""));
    // What was deleted and not committed is tracked, and not there.
    return [...paths].filter((one) => readStamp(path.join(root, one))?.isFolder === false).sort();
  } catch {
    return undefined;
  }
}

async function walk(root: string, folder: string): Promise<string[]> {
  const entries = await readFolder(path.join(root, folder));
  const inside = entries.map(({ name, isFolder, link }) => {
    const file = folder === "" ? name : `${folder}/${name}`;
    if (link !== undefined || made.has(name)) return [];
    return isFolder ? walk(root, file) : [file];
  });
  return (await Promise.all(inside)).flat();
}

async function readText(file: string): Promise<string | undefined> {
  const { size = 0 } = readStamp(file) ?? {};
  if (size > mostBytes) return undefined;
  return textOf(await readBytes(file));
}

/** As git tells text from data: by a zero among the first bytes. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.subarray(0, 8000).includes(0)) return undefined;
  return new TextDecoder().decode(bytes);
}
