import { crc32, inflateRawSync } from "node:zlib";
import { central, end, local, type ZipFiles } from "./format.ts";

/**
 * Reads a zip whole. Entries are stored or deflated; there is no comment behind the end, as in those
 * that `zip` makes.
 *
 * @throws {Error} where it is no zip, or not as it was when it was made
 */
export function unzip(bytes: Uint8Array): ZipFiles {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const endAt = buffer.length - end.bytes;
  if (endAt < 0 || buffer.readUInt32LE(endAt) !== end.signature)
    throw new Error("invalid zip data");
  try {
    return Object.fromEntries(entries(buffer, endAt));
  } catch (error) {
    if (error instanceof RangeError) throw new Error("invalid zip data");
    throw error;
  }
}

function* entries(buffer: Buffer, endAt: number): Generator<[string, Uint8Array]> {
  let at = buffer.readUInt32LE(endAt + end.offset);
  for (let count = buffer.readUInt16LE(endAt + end.entries); count > 0; count -= 1) {
    if (buffer.readUInt32LE(at) !== central.signature) throw new Error("invalid zip data");
    const nameBytes = buffer.readUInt16LE(at + central.nameBytes);
    const nameAt = at + central.bytes;
    const name = buffer.toString("utf8", nameAt, nameAt + nameBytes);
    yield [name, contentsOf(buffer, at, name)];
    at = nameAt + nameBytes;
    at += buffer.readUInt16LE(nameAt - central.bytes + central.extraBytes);
    at += buffer.readUInt16LE(nameAt - central.bytes + central.commentBytes);
  }
}

function contentsOf(buffer: Buffer, at: number, name: string): Uint8Array {
  const header = buffer.readUInt32LE(at + central.offset);
  if (buffer.readUInt32LE(header) !== local.signature) throw new Error("invalid zip data");
  const names =
    buffer.readUInt16LE(header + local.nameBytes) + buffer.readUInt16LE(header + local.extraBytes);
  const start = header + local.bytes + names;
  const data = buffer.subarray(start, start + buffer.readUInt32LE(at + central.dataBytes));
  const contents = decoded(data, buffer.readUInt16LE(at + central.method), name);
  const isSame =
    contents.length === buffer.readUInt32LE(at + central.contentBytes) &&
    crc32(contents) === buffer.readUInt32LE(at + central.crc);
  if (!isSame) throw new Error(`${name} is broken`);
  return contents;
}

function decoded(data: Buffer, method: number, name: string): Uint8Array {
  if (method === 0) return data;
  if (method !== 8) throw new Error(`${name} is compressed in a way that is not known: ${method}`);
  try {
    return inflateRawSync(data);
  } catch {
    throw new Error(`${name} is broken`);
  }
}
