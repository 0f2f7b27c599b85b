import { distanceSymbol, minimumLength } from "./alphabets.ts";
import type { Costs } from "./costs.ts";
import { distanceOf, lengthOf, match } from "./match.ts";
import type { Matches } from "./matches.ts";

/** A part of the contents that is parsed at once. */
export interface Segment {
  readonly contents: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly matches: Matches;
}

/**
 * For each position of a segment, what is written if a symbol begins there: a match, or the byte. Positions
 * inside of a match are passed over.
 */
export type Parse = Uint32Array;

/** From a position on, symbols have these costs. */
export interface Pricing {
  readonly start: number;
  readonly costs: Costs;
}

/**
 * The cheapest way to write a segment. It is found from the end on: to write what begins at a position
 * costs its own symbols, and what begins behind these, which is known by then.
 */
export function cheapestParse(segment: Segment, pricings: readonly Pricing[]): Parse {
  const size = segment.end - segment.start;
  const parse = new Uint32Array(size);
  const totals = new Uint32Array(size + 1);
  let end = size;
  for (const { start, costs } of [...pricings].reverse()) {
    parseBackwards(segment, costs, start - segment.start, end, totals, parse);
    end = start - segment.start;
  }
  return parse;
}

function parseBackwards(
  { contents, start, matches: { starts, found } }: Segment,
  { literals, lengths, distances }: Costs,
  first: number,
  end: number,
  totals: Uint32Array,
  parse: Parse,
): void {
  for (let position = end - 1; position >= first; position -= 1) {
    let bestTotal =
      (literals[contents[start + position] as number] as number) + (totals[position + 1] as number);
    let bestLength = 1;
    let bestDistance = 0;
    let length = minimumLength;
    const matchesEnd = starts[position + 1] as number;
    for (let index = starts[position] as number; index < matchesEnd; index += 1) {
      const distance = distanceOf(found[index] as number);
      const distanceCost = distances[distanceSymbol[distance] as number] as number;
      // No match goes on into the next segment.
      const longest = Math.min(lengthOf(found[index] as number), parse.length - position);
      for (; length <= longest; length += 1) {
        const total =
          distanceCost + (lengths[length] as number) + (totals[position + length] as number);
        if (total >= bestTotal) continue;
        bestTotal = total;
        bestLength = length;
        bestDistance = distance;
      }
    }
    totals[position] = bestTotal;
    parse[position] = match(bestLength, bestDistance);
  }
}
