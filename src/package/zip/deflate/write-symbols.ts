import {
  distanceBase,
  distanceExtraBits,
  distanceSymbol,
  endOfBlock,
  lengthBase,
  lengthSymbol,
  literalLengthExtraBits,
} from "./alphabets.ts";
import type { BitWriter } from "./bit-writer.ts";
import { type CodeLengths, codesOf } from "./huffman.ts";
import { distanceOf, lengthOf } from "./match.ts";
import type { Parse } from "./parse.ts";

/** Writes what a block says, and its end. */
export function writeSymbols(
  contents: Uint8Array,
  parse: Parse,
  lengths: CodeLengths,
  writer: BitWriter,
): void {
  const literalLength = symbolWriter(lengths.literalLengths, writer);
  const distance = symbolWriter(lengths.distances, writer);
  let position = 0;
  while (position < contents.length) {
    const step = parse[position] as number;
    const back = distanceOf(step);
    if (back === 0) {
      literalLength(contents[position] as number);
    } else {
      const symbol = lengthSymbol[lengthOf(step)] as number;
      literalLength(symbol);
      writer.write(
        lengthOf(step) - (lengthBase[symbol] as number),
        literalLengthExtraBits[symbol] as number,
      );
      const backSymbol = distanceSymbol[back] as number;
      distance(backSymbol);
      writer.write(
        back - (distanceBase[backSymbol] as number),
        distanceExtraBits[backSymbol] as number,
      );
    }
    position += lengthOf(step);
  }
  literalLength(endOfBlock);
}

function symbolWriter(lengths: Uint8Array, writer: BitWriter): (symbol: number) => void {
  const codes = codesOf(lengths);
  return (symbol) => writer.write(codes[symbol] as number, lengths[symbol] as number);
}
