import {
  distanceExtraBits,
  distanceSymbol,
  distanceSymbols,
  endOfBlock,
  lengthSymbol,
  literalLengthExtraBits,
  literalLengthSymbols,
} from "./alphabets.ts";
import { type Frequencies, sumOf } from "./frequencies.ts";
import { bitParts, log2 } from "./logarithm.ts";
import { distanceOf, lengthOf } from "./match.ts";
import type { Parse, Segment } from "./parse.ts";
import { storedBits } from "./stored-block.ts";

/** What is to become a block. */
export interface Part {
  readonly start: number;
  readonly end: number;
  readonly frequencies: Frequencies;
  /** About what it will cost, in parts of a bit. */
  readonly cost: number;
}

/** How many symbols the smallest parts have. */
const leastSymbols = 256;

/** About what a block's codes cost: as measured on bundles of JavaScript. */
const bitsPerTable = 60;
const bitsPerUsedSymbol = 4;

/**
 * Divides a parse where other codes are worth their table. It begins with many small parts, and unites the two
 * neighbours that gain most by it, until none gain.
 */
export function divide(segment: Segment, parse: Parse): Part[] {
  const parts = smallestParts(segment, parse);
  const unions = parts.slice(1).map((part, index) => unite(parts[index] as Part, part));
  for (;;) {
    const best = greatestGain(unions);
    const part = unions[best]?.part;
    if (part === undefined) return parts;
    parts.splice(best, 2, part);
    unions.splice(best, 1);
    if (best > 0) unions[best - 1] = unite(parts[best - 1] as Part, part);
    if (best < unions.length) unions[best] = unite(part, parts[best + 1] as Part);
  }
}

interface Union {
  readonly part: Part;
  readonly gain: number;
}

function unite(one: Part, other: Part): Union {
  const part = partOf(one.start, other.end, sumOf(one.frequencies, other.frequencies));
  return { part, gain: one.cost + other.cost - part.cost };
}

/** Where most is gained by uniting two parts; -1 where nothing is. */
function greatestGain(unions: readonly Union[]): number {
  let best = -1;
  let bestGain = 0;
  for (let index = 0; index < unions.length; index += 1) {
    const { gain } = unions[index] as Union;
    if (gain <= bestGain) continue;
    best = index;
    bestGain = gain;
  }
  return best;
}

function partOf(start: number, end: number, frequencies: Frequencies): Part {
  const coded =
    bitsPerTable * bitParts +
    costOf(frequencies.literalLengths, literalLengthExtraBits) +
    costOf(frequencies.distances, distanceExtraBits);
  return { start, end, frequencies, cost: Math.min(coded, storedBits(end - start) * bitParts) };
}

/** What the symbols carry as information, which codes come near to, and that they have codes at all. */
function costOf(frequencies: Uint32Array, extraBits: Uint8Array): number {
  let cost = 0;
  let all = 0;
  for (let symbol = 0; symbol < frequencies.length; symbol += 1) {
    const frequency = frequencies[symbol] as number;
    if (frequency === 0) continue;
    all += frequency;
    cost += bitsPerUsedSymbol * bitParts;
    cost += frequency * ((extraBits[symbol] as number) * bitParts - log2(frequency));
  }
  return cost + all * log2(all);
}

/** One at least, though nothing be in it. */
function smallestParts(segment: Segment, parse: Parse): Part[] {
  const parts: Part[] = [];
  let start = segment.start;
  do {
    const frequencies = {
      literalLengths: new Uint32Array(literalLengthSymbols),
      distances: new Uint32Array(distanceSymbols),
    };
    const end = count(segment, parse, start, frequencies);
    parts.push(partOf(start, end, frequencies));
    start = end;
  } while (start < segment.end);
  return parts;
}

/** Counts the symbols of a part, and gives where it ends. */
function count(
  { contents, start, end }: Segment,
  parse: Parse,
  from: number,
  { literalLengths, distances }: Frequencies,
): number {
  let position = from;
  for (let symbols = 0; symbols < leastSymbols && position < end; symbols += 1) {
    const step = parse[position - start] as number;
    const distance = distanceOf(step);
    if (distance === 0) {
      increment(literalLengths, contents[position] as number);
    } else {
      increment(literalLengths, lengthSymbol[lengthOf(step)] as number);
      increment(distances, distanceSymbol[distance] as number);
    }
    position += lengthOf(step);
  }
  increment(literalLengths, endOfBlock);
  return position;
}

function increment(frequencies: Uint32Array, symbol: number): void {
  frequencies[symbol] = (frequencies[symbol] as number) + 1;
}
