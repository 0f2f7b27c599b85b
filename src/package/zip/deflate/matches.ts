import { maximumLength, minimumLength, windowSize } from "./alphabets.ts";
import { lengthOf, match } from "./match.ts";

/** What each position of a segment repeats. */
export interface Matches {
  /** Where the matches of a position start, counted from the segment's first; and where the last ones end. */
  readonly starts: Uint32Array;
  /**
   * By rising length and distance: of each length there is only the nearest match, and that stands for
   * all lengths between the one before it and its own.
   */
  readonly found: Uint32Array;
}

const hashBits = 16;
/**
 * With how many strings each one is compared at most. Code has seldom so many; where long runs take turns
 * it bounds the time.
 */
const depthLimit = 128;
/** A match of this length is taken, and what begins inside of it has no matches: that bounds the parse. */
const niceLength = 200;
const none = -1;

/**
 * Finds what stood in the window before. The strings that begin alike are in a binary tree, sorted by how
 * they go on, with the latest at the root. So the first one met that is as long is the nearest, and the
 * way down is short where a chain of all of them would be long.
 */
export class MatchFinder {
  readonly #contents: Uint8Array;
  /** The root of each tree, a position, by the hash of its first bytes. */
  readonly #roots = new Int32Array(1 << hashBits).fill(none);
  /** For each position in the window two others: where the lesser strings are, and where the greater. */
  readonly #children = new Int32Array(2 * windowSize);

  constructor(contents: Uint8Array) {
    this.#contents = contents;
  }

  /** Each segment has to begin where the one before it ended. */
  find(start: number, end: number): Matches {
    const starts = new Uint32Array(end - start + 1);
    let found = new Uint32Array(2 * (end - start) + depthLimit);
    let count = 0;
    let taken = start;
    for (let position = start; position < end; position += 1) {
      if (found.length < count + depthLimit) found = twice(found);
      const next = this.#insert(position, found, count);
      // Where one is taken already, they are written all the same, and the next ones written over them.
      if (position >= taken) {
        const longest = next > count ? lengthOf(found[next - 1] as number) : 0;
        if (longest >= niceLength) taken = position + longest;
        count = next;
      }
      starts[position - start + 1] = count;
    }
    return { starts, found };
  }

  /**
   * Makes a string the root of its tree, and sorts those that are in it below; gives where the matches end
   * that were met on the way.
   */
  #insert(position: number, found: Uint32Array, foundBefore: number): number {
    const contents = this.#contents;
    const children = this.#children;
    const limit = Math.min(maximumLength, contents.length - position);
    if (limit < minimumLength) return foundBefore;
    const hash = hashOf(contents, position);
    let other = this.#roots[hash] as number;
    this.#roots[hash] = position;
    // The string that is a whole window away had the place that this one has now.
    const oldest = Math.max(0, position - windowSize + 1);
    let lesser = 2 * (position % windowSize);
    let greater = lesser + 1;
    let lesserLength = 0;
    let greaterLength = 0;
    let longest = minimumLength - 1;
    let count = foundBefore;
    for (let depth = 0; depth < depthLimit && other >= oldest; depth += 1) {
      const below = 2 * (other % windowSize);
      // What lies between two strings begins as they both do.
      let length = Math.min(lesserLength, greaterLength);
      while (length < limit && contents[other + length] === contents[position + length])
        length += 1;
      if (length > longest) {
        longest = length;
        found[count] = match(length, position - other);
        count += 1;
      }
      if (length === limit) {
        // The same string: the new one takes its place.
        children[lesser] = children[below] as number;
        children[greater] = children[below + 1] as number;
        return count;
      }
      if ((contents[other + length] as number) < (contents[position + length] as number)) {
        children[lesser] = other;
        lesser = below + 1;
        lesserLength = length;
        other = children[lesser] as number;
      } else {
        children[greater] = other;
        greater = below;
        greaterLength = length;
        other = children[greater] as number;
      }
    }
    children[lesser] = none;
    children[greater] = none;
    return count;
  }
}

function hashOf(contents: Uint8Array, position: number): number {
  const bytes =
    (contents[position] as number) |
    ((contents[position + 1] as number) << 8) |
    ((contents[position + 2] as number) << 16);
  return Math.imul(bytes, 0x9e37_79b1) >>> (32 - hashBits);
}

function twice(found: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * found.length);
  larger.set(found);
  return larger;
}
