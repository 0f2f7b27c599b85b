import type { BitWriter } from "./bit-writer.ts";
import { type CodeLengths, codeLengths, codesOf } from "./huffman.ts";

/** The code length alphabet: up to 15 a symbol is a length; these are repeats, with extra bits for how many. */
const copyPrevious = 16;
const shortZeros = 17;
const longZeros = 18;
const codeLengthSymbols = 19;
const codeLengthCodeLimit = 7;

const extraBits = new Uint8Array(codeLengthSymbols);
extraBits.set([2, 3, 7], copyPrevious);

/** The order in which the lengths of the code length code are written: those at the end are mostly 0. */
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * The codes of a block, as the decoder is told them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7
 */
export interface CodeTable {
  /** HLIT and HDIST: how many lengths each alphabet has, without the zeros at the end. */
  readonly literalLengthCount: number;
  readonly distanceCount: number;
  /** The lengths of both, with repeats: `extra << 8 | symbol` */
  readonly sequence: readonly number[];
  /** The lengths of the codes that these are written in, and how many of them are written: HCLEN. */
  readonly lengths: Uint8Array;
  readonly lengthCount: number;
  readonly bits: number;
}

/** Repeats save symbols, but need codes of their own: which of the three to use is found by trying. */
export function codeTable({ literalLengths, distances }: CodeLengths): CodeTable {
  const literalLengthCount = usedLength(literalLengths, 257);
  const distanceCount = usedLength(distances, 1);
  const both = new Uint8Array(literalLengthCount + distanceCount);
  both.set(literalLengths.subarray(0, literalLengthCount));
  both.set(distances.subarray(0, distanceCount), literalLengthCount);
  const tables = repeatsToTry.map((repeats): CodeTable => {
    const sequence = sequenceOf(both, repeats);
    return { literalLengthCount, distanceCount, sequence, ...codeOf(sequence) };
  });
  return tables.reduce((best, table) => (table.bits < best.bits ? table : best));
}

export function writeCodeTable(table: CodeTable, writer: BitWriter): void {
  const { literalLengthCount, distanceCount, sequence, lengths, lengthCount } = table;
  writer.write(literalLengthCount - 257, 5);
  writer.write(distanceCount - 1, 5);
  writer.write(lengthCount - 4, 4);
  for (const symbol of order.slice(0, lengthCount)) writer.write(lengths[symbol] as number, 3);
  const codes = codesOf(lengths);
  for (const item of sequence) {
    const symbol = item & 0xff;
    writer.write(codes[symbol] as number, lengths[symbol] as number);
    writer.write(item >> 8, extraBits[symbol] as number);
  }
}

function usedLength(lengths: Uint8Array, least: number): number {
  let count = lengths.length;
  while (count > least && lengths[count - 1] === 0) count -= 1;
  return count;
}

const repeatsToTry = [[copyPrevious], []].flatMap((copies) =>
  [[longZeros], []].flatMap((long) =>
    [[shortZeros], []].map((short) => [...copies, ...long, ...short]),
  ),
);

/** The lengths one after the other, but for runs, where these repeats are used. */
function sequenceOf(lengths: Uint8Array, repeats: readonly number[]): number[] {
  const sequence: number[] = [];
  let start = 0;
  while (start < lengths.length) {
    const length = lengths[start] as number;
    let end = start + 1;
    while (end < lengths.length && lengths[end] === length) end += 1;
    let left = end - start;
    if (length === 0) {
      if (repeats.includes(longZeros)) left = repeat(sequence, longZeros, left, 11, 138);
      if (repeats.includes(shortZeros)) left = repeat(sequence, shortZeros, left, 3, 10);
    }
    if (left > 3 && repeats.includes(copyPrevious)) {
      sequence.push(length);
      left = repeat(sequence, copyPrevious, left - 1, 3, 6);
    }
    for (; left > 0; left -= 1) sequence.push(length);
    start = end;
  }
  return sequence;
}

/** Says as much of a run as possible by repeats; gives what is left. */
function repeat(
  sequence: number[],
  symbol: number,
  run: number,
  least: number,
  most: number,
): number {
  let left = run;
  while (left >= least) {
    // A rest that is too short to be a repeat is made long enough.
    const rest = left - most;
    const count =
      rest > 0 && rest < least && left >= 2 * least ? left - least : Math.min(left, most);
    sequence.push(((count - least) << 8) | symbol);
    left -= count;
  }
  return left;
}

/** The codes that a sequence is written in, and what they and the sequence come to. */
function codeOf(sequence: readonly number[]) {
  const frequencies = new Uint32Array(codeLengthSymbols);
  for (const item of sequence) {
    frequencies[item & 0xff] = (frequencies[item & 0xff] as number) + 1;
  }
  const lengths = codeLengths(frequencies, codeLengthCodeLimit);
  let lengthCount = codeLengthSymbols;
  while (lengthCount > 4 && lengths[order[lengthCount - 1] as number] === 0) lengthCount -= 1;
  let bits = 5 + 5 + 4 + 3 * lengthCount;
  for (let symbol = 0; symbol < codeLengthSymbols; symbol += 1) {
    bits +=
      (frequencies[symbol] as number) *
      ((lengths[symbol] as number) + (extraBits[symbol] as number));
  }
  return { lengths, lengthCount, bits };
}
