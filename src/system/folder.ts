import { type Dirent, readdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import path from "node:path";

/** What the system knows of a file without reading it. A file that was written has another one. */
export interface Stamp {
  readonly size: number;
  readonly mtimeMs: number;
  /** Nobody can set this one: the system does, at every change. */
  readonly ctimeMs: number;
  readonly inode: number;
  readonly isFolder: boolean;
}

/** Nothing where there is nothing. */
export function readStamp(file: string): Stamp | undefined {
  try {
    const entry = statSync(file);
    const { size, mtimeMs, ctimeMs, ino: inode } = entry;
    return { size, mtimeMs, ctimeMs, inode, isFolder: entry.isDirectory() };
  } catch {
    return undefined;
  }
}

/** A folder without the links on the way to it. */
export function realFolder(folder: string): string {
  return realpathSync(folder);
}

/** One entry of a folder. */
export interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  /** Where a symbolic link leads to. */
  readonly link?: string;
}

/** What is in a folder, by name; nothing where there is no such folder. At once, as a build reads hundreds. */
export async function readFolder(folder: string): Promise<Entry[]> {
  const entries = entriesOf(folder).map((entry): Entry => {
    const { name } = entry;
    const isFolder = entry.isDirectory();
    if (!entry.isSymbolicLink()) return { name, isFolder };
    return { name, isFolder, link: readlinkSync(path.join(folder, name)) };
  });
  return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
