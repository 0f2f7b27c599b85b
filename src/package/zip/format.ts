/** The files of a zip, by their paths inside it, with `/` between folders. */
export type ZipFiles = Readonly<Record<string, Uint8Array>>;

/*
 * The parts of a zip: each file behind a local header, then the central directory with a header for each
 * file, then the end, which says where the directory is. Positions are in bytes from a part's start.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT sections 4.3.7, 4.3.12 and 4.3.16
 */
export const local = { signature: 0x0403_4b50, bytes: 30, nameBytes: 26, extraBytes: 28 };
export const central = {
  signature: 0x0201_4b50,
  bytes: 46,
  method: 10,
  crc: 16,
  dataBytes: 20,
  contentBytes: 24,
  nameBytes: 28,
  extraBytes: 30,
  commentBytes: 32,
  offset: 42,
};
export const end = { signature: 0x0605_4b50, bytes: 22, entries: 10, offset: 16 };

/** Numbers, each in so many bytes, the smallest first. */
export function fields(values: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  const buffer = Buffer.alloc(values.reduce((sum, [, bytes]) => sum + bytes, 0));
  let position = 0;
  for (const [value, bytes] of values) position = buffer.writeUIntLE(value, position, bytes);
  return buffer;
}
