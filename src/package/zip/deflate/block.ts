import type { BitWriter } from "./bit-writer.ts";
import { writeCodeTable } from "./code-table.ts";
import { bestCoding, type Coding } from "./coding.ts";
import type { Part } from "./divide.ts";
import type { Parse, Segment } from "./parse.ts";
import { storedBits, writeStored } from "./stored-block.ts";
import { writeSymbols } from "./write-symbols.ts";

export interface Block {
  readonly start: number;
  readonly end: number;
  /** Undefined where it is stored. */
  readonly coding: Coding | undefined;
  /** All that it comes to, or, as it may have to be aligned, a little less. */
  readonly bits: number;
}

/** BTYPE */
const fixedCodes = 1;
const dynamicCodes = 2;

/** Whichever is smallest: stored, with the fixed codes, or with its own. */
export function blockOf({ start, end, frequencies }: Omit<Part, "cost">): Block {
  const coding = bestCoding(frequencies);
  const bits = 3 + coding.bits;
  const stored = storedBlock(start, end);
  return bits < stored.bits ? { start, end, coding, bits } : stored;
}

export function storedBlock(start: number, end: number): Block {
  return { start, end, coding: undefined, bits: storedBits(end - start) };
}

/** @see https://www.rfc-editor.org/rfc/rfc1951#section-3.2.3 */
export function writeBlock(
  segment: Segment,
  parse: Parse,
  { start, end, coding }: Block,
  writer: BitWriter,
): void {
  const isFinal = end === segment.contents.length;
  if (coding === undefined) {
    writeStored(segment.contents.subarray(start, end), isFinal, writer);
    return;
  }
  const { lengths, table } = coding;
  writer.write(isFinal ? 1 : 0, 1);
  writer.write(table === undefined ? fixedCodes : dynamicCodes, 2);
  if (table !== undefined) writeCodeTable(table, writer);
  const part = parse.subarray(start - segment.start, end - segment.start);
  writeSymbols(segment.contents.subarray(start, end), part, lengths, writer);
}
