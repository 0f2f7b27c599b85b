/** Zips that are the same bytes whenever and wherever they are made. */
import { zipSync } from "fflate";

/** The first moment that a zip can name. Zips have local times: this is the same one in every time zone. */
const mtime = new Date(1980, 0, 1);
/** A regular file that all may read, as Lambda needs it: the mode stands in the upper half. */
const attrs = 0o100644 << 16;
const unix = 3;

/** @param files contents by name */
export function zip(files) {
  const sorted = Object.keys(files).sort();
  const entries = sorted.map((name) => [name, [files[name], { level: 9, mtime, os: unix, attrs }]]);
  return zipSync(Object.fromEntries(entries));
}
