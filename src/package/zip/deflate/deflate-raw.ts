import { BitWriter } from "./bit-writer.ts";
import { type Block, blockOf, storedBlock, writeBlock } from "./block.ts";
import { costsOf } from "./costs.ts";
import { divide } from "./divide.ts";
import { evenFrequencies } from "./frequencies.ts";
import { MatchFinder } from "./matches.ts";
import { cheapestParse, type Parse, type Segment } from "./parse.ts";

/** So that what is kept of matches has a bound. The window goes on through all segments. */
const segmentSize = 1 << 20;
/** How often a segment is parsed. A third time takes a quarter longer, and gains a thousandth. */
const parseCount = 2;

/**
 * Compresses as DEFLATE, without a header around it. The same contents come to the same bytes on every
 * machine and every version of Node.js: whole numbers decide, and neither time nor chance.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1951
 */
export function deflateRaw(contents: Uint8Array): Uint8Array {
  const writer = new BitWriter((contents.length >> 2) + 16);
  const finder = new MatchFinder(contents);
  let start = 0;
  do {
    const end = Math.min(start + segmentSize, contents.length);
    const segment = { contents, start, end, matches: finder.find(start, end) };
    const { parse, blocks } = encode(segment);
    for (const block of blocks) writeBlock(segment, parse, block, writer);
    start = end;
  } while (start < contents.length);
  return writer.finish();
}

interface Encoding {
  readonly parse: Parse;
  readonly blocks: readonly Block[];
  readonly bits: number;
}

/**
 * What symbols cost follows from how they are used, and how they are used from what they cost: a parse by
 * the costs of the one before it is better, as a rule. The best one is taken.
 */
function encode(segment: Segment): Encoding {
  const { start, end } = segment;
  let parts = [{ start, frequencies: evenFrequencies() }];
  const encodings = Array.from({ length: parseCount }, (): Encoding => {
    const pricings = parts.map((part) => ({
      start: part.start,
      costs: costsOf(part.frequencies),
    }));
    const parse = cheapestParse(segment, pricings);
    const divided = divide(segment, parse);
    parts = divided;
    return encodingOf(parse, divided.map(blockOf));
  });
  const stored = encodingOf(new Uint32Array(0), [storedBlock(start, end)]);
  return encodings.reduce((best, other) => (other.bits < best.bits ? other : best), stored);
}

function encodingOf(parse: Parse, blocks: readonly Block[]): Encoding {
  return { parse, blocks, bits: blocks.reduce((sum, block) => sum + block.bits, 0) };
}
