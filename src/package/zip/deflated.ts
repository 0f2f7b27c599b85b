import { crc32 } from "node:zlib";
import { deflateSync } from "fflate";
import { deflateRaw } from "./deflate/deflate-raw.ts";

/** Contents as they are in a zip. */
export interface Deflated {
  readonly data: Uint8Array;
  readonly crc: number;
}

/** How much to do for few bytes: `least` takes a quarter of the time, for an eighth more. */
export type Effort = keyof typeof encoders;

const encoders = {
  most: deflateRaw,
  least: (contents: Uint8Array): Uint8Array => deflateSync(contents),
};

/** Of contents that many functions have, such as their packages. Kept as long as the contents are. */
const known = new WeakMap<Uint8Array, Deflated>();

/**
 * Compresses, each contents once. Not by Node.js's zlib: what that makes of the same bytes differs
 * between processors and versions.
 */
export function deflated(contents: Uint8Array, effort: Effort): Deflated {
  const before = known.get(contents);
  if (before !== undefined) return before;
  const now = { data: encoders[effort](contents), crc: crc32(contents) };
  known.set(contents, now);
  return now;
}
