import { readStamp, type Stamp } from "./folder.ts";

/** What files were like: a text for each that is another whenever its content may be another. */
export type FileStamps = Readonly<Record<string, string>>;

/** The clock of files may stand behind by so much: a hundredth of a second, on some systems, and a bit. */
const clockLagMilliseconds = 20;

/**
 * Notes what files are like that have been read, so that nobody needs to read them again to know that
 * they are as they were.
 *
 * @param readSince when the first of them was read, in epoch milliseconds: of a file that was written
 * since then, nobody knows what was read of it
 */
export function stampFiles(files: Iterable<string>, readSince: number): FileStamps {
  const stamps: Record<string, string> = {};
  for (const file of files) {
    const stamp = readStamp(file);
    const isSure = stamp !== undefined && stamp.mtimeMs < readSince - clockLagMilliseconds;
    stamps[file] = isSure ? textOf(stamp) : "";
  }
  return stamps;
}

/** Whether every file is as it was. */
export function areUnchanged(stamps: FileStamps): boolean {
  return Object.entries(stamps).every(([file, stamp]) => {
    const now = readStamp(file);
    return now !== undefined && textOf(now) === stamp;
  });
}

function textOf({ size, mtimeMs, ctimeMs, inode }: Stamp): string {
  return `${size} ${mtimeMs} ${ctimeMs} ${inode}`;
}
