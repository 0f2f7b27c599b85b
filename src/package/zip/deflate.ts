import { crc32 } from "node:zlib";

/** Contents as they are in a zip. */
export interface Deflated {
  readonly data: Uint8Array;
  readonly crc: number;
}

/** Of contents that many functions have, such as their packages. Kept as long as the contents are. */
const known = new WeakMap<Uint8Array, Promise<Deflated>>();

/**
 * Compresses, each contents once. By JavaScript, because what Node.js's own zlib makes of the same
 * bytes differs between processors and versions.
 */
export function deflate(contents: Uint8Array): Promise<Deflated> {
  const before = known.get(contents);
  if (before !== undefined) return before;
  // Most commands make no zip, and need not load what makes one.
  const now = import("fflate").then(({ deflateSync }) => ({
    data: deflateSync(contents, { level: 9 }),
    crc: crc32(contents),
  }));
  known.set(contents, now);
  return now;
}
