import path from "node:path";

/**
 * Whether a file is in a folder, however deep, or is that folder. On Windows, what is on another drive is not; and `..data` is a name like any other.
 *
 * @param paths how this system writes paths
 */
export function isBelow(
  folder: string,
  file: string,
  { relative, isAbsolute, sep }: Pick<typeof path, "relative" | "isAbsolute" | "sep"> = path,
): boolean {
  const way = relative(folder, file);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
