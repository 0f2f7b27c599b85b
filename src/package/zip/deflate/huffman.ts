/** The code lengths of both alphabets. */
export interface CodeLengths {
  readonly literalLengths: Uint8Array;
  readonly distances: Uint8Array;
}

/**
 * The code lengths that give these frequencies the fewest bits, where no code may be longer than the limit.
 * Two symbols have a code even where fewer are used: some decoders refuse a code that is not complete.
 *
 * This is the package-merge algorithm. At each level symbols are merged, by weight, with pairs of what the
 * level before has; a symbol's code is as long as the levels on which it is among the lightest.
 *
 * @see https://en.wikipedia.org/wiki/Package-merge_algorithm
 */
export function codeLengths(frequencies: Uint32Array, limit: number): Uint8Array {
  const lengths = new Uint8Array(frequencies.length);
  const sorted = byFrequency(frequencies);
  const wanted = 2 * sorted.length - 2;
  const levels: Uint8Array[] = [];
  let weights = new Uint32Array(0);
  for (let level = 0; level < limit; level += 1) {
    const isSymbol = new Uint8Array(wanted);
    weights = mergeLevel(frequencies, sorted, weights, isSymbol);
    levels.push(isSymbol);
  }
  let taken = wanted;
  for (const isSymbol of levels.reverse()) {
    let symbols = 0;
    for (let item = 0; item < taken; item += 1) symbols += isSymbol[item] as number;
    for (const symbol of sorted.subarray(0, symbols))
      lengths[symbol] = (lengths[symbol] as number) + 1;
    taken = 2 * (taken - symbols);
  }
  return lengths;
}

/** The symbols that are used, the rarest first; where that is fewer than two, with others in front. */
function byFrequency(frequencies: Uint32Array): Uint16Array {
  // One number for both, so that symbols of the same frequency have an order.
  const keys = frequencies
    .map((frequency, symbol) => frequency * symbolLimit + symbol)
    .filter((key) => key >= symbolLimit)
    .sort();
  const symbols = Uint16Array.from(keys, (key) => key % symbolLimit);
  if (symbols.length >= 2) return symbols;
  const only = symbols[0] ?? 1;
  return Uint16Array.of(only === 0 ? 1 : 0, only);
}

const symbolLimit = 512;

/** Merges symbols and pairs. Only as many as could be taken are kept: the last level takes the most. */
function mergeLevel(
  frequencies: Uint32Array,
  sorted: Uint16Array,
  previous: Uint32Array,
  isSymbol: Uint8Array,
): Uint32Array<ArrayBuffer> {
  const pairs = previous.length >> 1;
  const weights = new Uint32Array(Math.min(isSymbol.length, sorted.length + pairs));
  let symbol = 0;
  let pair = 0;
  for (let item = 0; item < weights.length; item += 1) {
    const symbolWeight = frequencies[sorted[symbol] as number] as number;
    const pairWeight = (previous[2 * pair] as number) + (previous[2 * pair + 1] as number);
    if (pair === pairs || (symbol < sorted.length && symbolWeight <= pairWeight)) {
      weights[item] = symbolWeight;
      isSymbol[item] = 1;
      symbol += 1;
    } else {
      weights[item] = pairWeight;
      pair += 1;
    }
  }
  return weights;
}

/**
 * The codes that follow from their lengths, the first bit in the lowest place, as they are written.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1951#section-3.2.2
 */
export function codesOf(lengths: Uint8Array): Uint16Array {
  const codes = new Uint16Array(lengths.length);
  let code = 0;
  for (let length = 1; length <= 15; length += 1) {
    code <<= 1;
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      if (lengths[symbol] !== length) continue;
      codes[symbol] = reversed(code, length);
      code += 1;
    }
  }
  return codes;
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit += 1) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}
