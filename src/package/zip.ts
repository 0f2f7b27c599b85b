import type { ZipOptions } from "fflate";

/** The files of a zip, by their paths inside it, with `/` between folders. */
export type ZipFiles = Readonly<Record<string, Uint8Array>>;

/** The operating system that a zip names as its maker, where modes are Unix modes. */
const unix = 3;
const regularFile = 0o100644;

/**
 * The same files come to the same bytes, whenever and on whatever machine: sorted, of the earliest day
 * that a zip can name, readable by all as Lambda needs them. The compression is JavaScript, because
 * zlib's output differs between processors and versions.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-package.html
 */
export async function zip(files: ZipFiles): Promise<Uint8Array> {
  const { zipSync } = await library();
  const options: ZipOptions = {
    level: 9,
    os: unix,
    attrs: regularFile * 0x1_0000,
    // Zips have local times: this is the same one in every time zone.
    mtime: new Date(1980, 0, 1, 12),
  };
  const entries = Object.entries(files)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, contents]): [string, [Uint8Array, ZipOptions]] => [name, [contents, options]]);
  return zipSync(Object.fromEntries(entries));
}

/** @throws {Error} where it is no zip */
export async function unzip(bytes: Uint8Array): Promise<ZipFiles> {
  const { unzipSync } = await library();
  return unzipSync(bytes);
}

/** Most commands make no zip, and need not load what makes one. */
function library() {
  return import("fflate");
}
