import {
  distanceExtraBits,
  endOfBlock,
  lengthSymbol,
  literalLengthExtraBits,
} from "./alphabets.ts";
import type { Frequencies } from "./frequencies.ts";
import { bitParts, log2 } from "./logarithm.ts";

/** What a parse has to pay, in parts of a bit. */
export interface Costs {
  /** By byte. */
  readonly literals: Uint32Array;
  /** By length. */
  readonly lengths: Uint32Array;
  /** By distance symbol. */
  readonly distances: Uint32Array;
}

/**
 * What symbols cost, with their extra bits, where they are so frequent. A code has whole bits, but which
 * symbols are rounded up may change with the next parse; how frequent they are changes less.
 */
export function costsOf(frequencies: Frequencies): Costs {
  const literalLengths = symbolCosts(frequencies.literalLengths, literalLengthExtraBits);
  return {
    literals: literalLengths.subarray(0, endOfBlock),
    lengths: Uint32Array.from(lengthSymbol, (symbol) => literalLengths[symbol] as number),
    distances: symbolCosts(frequencies.distances, distanceExtraBits),
  };
}

/** A symbol that was not used costs what the rarest would: it may be worth its while. */
function symbolCosts(frequencies: Uint32Array, extraBits: Uint8Array): Uint32Array {
  const all = log2(frequencies.reduce((sum, frequency) => sum + frequency, 0));
  return frequencies.map((frequency, symbol) => {
    const code = Math.max(bitParts, all - log2(frequency));
    return code + (extraBits[symbol] as number) * bitParts;
  });
}
