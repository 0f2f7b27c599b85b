/**
 * The two alphabets of compressed data. A match is a length symbol and its extra bits, then a distance
 * symbol and its extra bits; bytes that are in no match, and the end of a block, share the lengths' alphabet.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5
 */

export const minimumLength = 3;
export const maximumLength = 258;
export const windowSize = 32_768;

/** The symbols below it are bytes, those above it lengths. */
export const endOfBlock = 256;
export const literalLengthSymbols = 286;
export const distanceSymbols = 30;

/** The number of extra bits of each length symbol, from 257 on. */
const lengthBits = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];

/** The number of extra bits of each literal/length symbol. */
export const literalLengthExtraBits = Uint8Array.of(
  ...new Array<number>(endOfBlock + 1).fill(0),
  ...lengthBits,
);

/** The number of extra bits of each distance symbol. */
export const distanceExtraBits = Uint8Array.from({ length: distanceSymbols }, (_, symbol) =>
  Math.max(0, (symbol >> 1) - 1),
);

/** The least length of each literal/length symbol; 0 for those that are none. */
export const lengthBase = new Uint16Array(literalLengthSymbols);
/** The symbol of each length. */
export const lengthSymbol = new Uint16Array(maximumLength + 1);
/** The least distance of each symbol. */
export const distanceBase = new Uint16Array(distanceSymbols);
/** The symbol of each distance. */
export const distanceSymbol = new Uint8Array(windowSize + 1);

fill(lengthBase, lengthSymbol, literalLengthExtraBits, endOfBlock + 1, minimumLength);
fill(distanceBase, distanceSymbol, distanceExtraBits, 0, 1);

// The greatest length is the last symbol's alone, though it would fit into the extra bits of the one before.
lengthBase[literalLengthSymbols - 1] = maximumLength;
lengthSymbol[maximumLength] = literalLengthSymbols - 1;

/** Each symbol begins where the one before it ends. */
function fill(
  bases: Uint16Array,
  symbols: Uint8Array | Uint16Array,
  extraBits: Uint8Array,
  firstSymbol: number,
  firstValue: number,
): void {
  let value = firstValue;
  for (let symbol = firstSymbol; symbol < bases.length; symbol += 1) {
    bases[symbol] = value;
    const next = value + (1 << (extraBits[symbol] as number));
    symbols.fill(symbol, value, next);
    value = next;
  }
}
