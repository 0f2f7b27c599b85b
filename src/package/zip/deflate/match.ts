/**
 * A match in one number, as arrays hold it. A byte that is written as it is has the length 1 and the
 * distance 0.
 */
export function match(length: number, distance: number): number {
  return (length << 16) | distance;
}

export function lengthOf(packed: number): number {
  return packed >>> 16;
}

export function distanceOf(packed: number): number {
  return packed & 0xffff;
}
