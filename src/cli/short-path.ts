import path from "node:path";

/** A file or folder from here, where that is shorter to read. */
export function shortPath(absolute: string): string {
  const fromHere = path.relative(process.cwd(), absolute);
  return fromHere.startsWith("..") ? absolute : fromHere;
}
