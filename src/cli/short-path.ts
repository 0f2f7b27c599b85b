import path from "node:path";
import { isBelow } from "../system/index.ts";

/** A file or folder from here, where that is shorter to read. */
export function shortPath(absolute: string): string {
  const here = process.cwd();
  return isBelow(here, absolute) ? path.relative(here, absolute) : absolute;
}
