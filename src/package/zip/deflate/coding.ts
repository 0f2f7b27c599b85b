import { distanceExtraBits, literalLengthExtraBits, literalLengthSymbols } from "./alphabets.ts";
import { type CodeTable, codeTable } from "./code-table.ts";
import type { Frequencies } from "./frequencies.ts";
import { type CodeLengths, codeLengths } from "./huffman.ts";

/** How the symbols of a block are written. */
export interface Coding {
  readonly lengths: CodeLengths;
  /** How the decoder learns the codes; undefined where they are those that it knows. */
  readonly table: CodeTable | undefined;
  /** What table, symbols and extra bits come to. */
  readonly bits: number;
}

const codeLengthLimit = 15;

/**
 * The codes that every decoder knows. Two symbols at the end have codes, and never occur.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1951#section-3.2.6
 */
const fixed: CodeLengths = {
  literalLengths: new Uint8Array(literalLengthSymbols + 2)
    .fill(8)
    .fill(9, 144, 256)
    .fill(7, 256, 280),
  distances: new Uint8Array(32).fill(5),
};

/** Codes of the block's own, or the fixed ones where a table would cost more than it saves. */
export function bestCoding(frequencies: Frequencies): Coding {
  const own: CodeLengths = {
    literalLengths: codeLengths(frequencies.literalLengths, codeLengthLimit),
    distances: codeLengths(frequencies.distances, codeLengthLimit),
  };
  const table = codeTable(own);
  const ownBits = table.bits + symbolBits(frequencies, own);
  const fixedBits = symbolBits(frequencies, fixed);
  return ownBits < fixedBits
    ? { lengths: own, table, bits: ownBits }
    : { lengths: fixed, table: undefined, bits: fixedBits };
}

function symbolBits({ literalLengths, distances }: Frequencies, lengths: CodeLengths): number {
  return (
    bitsOf(literalLengths, lengths.literalLengths, literalLengthExtraBits) +
    bitsOf(distances, lengths.distances, distanceExtraBits)
  );
}

function bitsOf(frequencies: Uint32Array, lengths: Uint8Array, extraBits: Uint8Array): number {
  return frequencies.reduce(
    (bits, frequency, symbol) =>
      bits + frequency * ((lengths[symbol] as number) + (extraBits[symbol] as number)),
    0,
  );
}
