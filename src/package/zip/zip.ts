import { deflated, type Effort } from "./deflated.ts";
import { central, end, fields, local, type ZipFiles } from "./format.ts";

/**
 * The same files come to the same bytes, whenever and on whatever machine: sorted, of the earliest day
 * that a zip can name, readable by all as Lambda needs them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-package.html
 */
export function zip(files: ZipFiles, effort: Effort = "most"): Uint8Array {
  const names = Object.keys(files).sort();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const name of names) {
    const contents = files[name] as Uint8Array;
    const entry = {
      name: Buffer.from(name),
      ...deflated(contents, effort),
      bytes: contents.length,
    };
    directory.push(...centralHeader(entry, offset));
    const written = [...localHeader(entry), entry.data];
    parts.push(...written);
    offset += sizeOf(written);
  }
  return Buffer.concat([...parts, ...directory, endOf(names.length, sizeOf(directory), offset)]);
}

interface Entry {
  readonly name: Uint8Array;
  readonly data: Uint8Array;
  readonly crc: number;
  /** Of the contents, before they were compressed. */
  readonly bytes: number;
}

/** Version 2.0 of the format, made where modes are Unix modes. */
const version = 20;
const unix = 3 << 8;
const regularFile = 0o100644;
const namesAreUtf8 = 0x0800;
const deflateMethod = 8;
/** Zips have local times: this is the same one in every time zone. */
const noon = 12 << 11;
const firstOfJanuary1980 = (1 << 5) | 1;

/** What both headers of an entry have in common, from the version on. */
function facts({ name, data, crc, bytes }: Entry) {
  return fields([
    [version, 2],
    [namesAreUtf8, 2],
    [deflateMethod, 2],
    [noon, 2],
    [firstOfJanuary1980, 2],
    [crc, 4],
    [data.length, 4],
    [bytes, 4],
    [name.length, 2],
    [0, 2],
  ]);
}

function localHeader(entry: Entry): Uint8Array[] {
  return [fields([[local.signature, 4]]), facts(entry), entry.name];
}

function centralHeader(entry: Entry, offset: number): Uint8Array[] {
  const start = fields([
    [central.signature, 4],
    [unix | version, 2],
  ]);
  // No comment, on the first of one disks, not known to be text.
  const rest = fields([
    [0, 2],
    [0, 2],
    [0, 2],
    [regularFile * 0x1_0000, 4],
    [offset, 4],
  ]);
  return [start, facts(entry), rest, entry.name];
}

function endOf(entries: number, directoryBytes: number, directoryStart: number): Uint8Array {
  return fields([
    [end.signature, 4],
    [0, 4],
    [entries, 2],
    [entries, 2],
    [directoryBytes, 4],
    [directoryStart, 4],
    [0, 2],
  ]);
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
