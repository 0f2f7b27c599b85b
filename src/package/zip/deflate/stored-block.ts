import type { BitWriter } from "./bit-writer.ts";

/** The length has 16 bits. */
const sizeLimit = 65_535;
const blockType = 0;

/** The bits that it takes to store so many bytes, where as many as possible are needed to align them. */
export function storedBits(size: number): number {
  const pieces = Math.max(1, Math.ceil(size / sizeLimit));
  return pieces * (3 + 7 + 2 * 16) + size * 8;
}

/**
 * Writes bytes as they are, in as many blocks as it needs.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1951#section-3.2.4
 */
export function writeStored(contents: Uint8Array, isFinal: boolean, writer: BitWriter): void {
  let start = 0;
  do {
    const end = Math.min(start + sizeLimit, contents.length);
    writer.write(isFinal && end === contents.length ? 1 : 0, 1);
    writer.write(blockType, 2);
    writer.align();
    writer.write(end - start, 16);
    writer.write((end - start) ^ 0xffff, 16);
    writer.writeBytes(contents.subarray(start, end));
    start = end;
  } while (start < contents.length);
}
