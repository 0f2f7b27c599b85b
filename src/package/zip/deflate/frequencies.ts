import { distanceSymbols, endOfBlock, literalLengthSymbols } from "./alphabets.ts";

/** How often the symbols of both alphabets are used. */
export interface Frequencies {
  readonly literalLengths: Uint32Array;
  readonly distances: Uint32Array;
}

/** As if each symbol were used as often as any other: before anything is known. */
export function evenFrequencies(): Frequencies {
  return {
    literalLengths: new Uint32Array(literalLengthSymbols).fill(1),
    distances: new Uint32Array(distanceSymbols).fill(1),
  };
}

/** The frequencies of two blocks if they were one. */
export function sumOf(one: Frequencies, other: Frequencies): Frequencies {
  const literalLengths = sums(one.literalLengths, other.literalLengths);
  literalLengths[endOfBlock] = 1;
  return { literalLengths, distances: sums(one.distances, other.distances) };
}

function sums(one: Uint32Array, other: Uint32Array): Uint32Array {
  const result = new Uint32Array(one.length);
  for (let symbol = 0; symbol < one.length; symbol += 1) {
    result[symbol] = (one[symbol] as number) + (other[symbol] as number);
  }
  return result;
}
