import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));

/** What npm would publish: of `dist/` as it was built last. */
export interface PackedToolkit {
  readonly tarball: string;
  /** Bytes of the tarball, and of what is in it. */
  readonly size: number;
  readonly unpackedSize: number;
  /** Sorted, with slashes. */
  readonly files: readonly string[];
}

/**
 * @param folder where the tarball is put
 * @param of `./create` for what `npm create lambdakit` runs. @default the toolkit
 */
export async function packToolkit(folder: string, of = "."): Promise<PackedToolkit> {
  // Its own script would build, beside other tests that use what is built.
  const { stdout } = await run(
    "npm",
    ["pack", of, "--json", "--ignore-scripts", "--pack-destination", folder],
    { cwd: root, maxBuffer: 2 ** 24 },
  );
  const [packed] = JSON.parse(stdout);
  return {
    tarball: path.join(folder, packed.filename),
    size: packed.size,
    unpackedSize: packed.unpackedSize,
    files: packed.files.map((file: { path: string }) => file.path).sort(),
  };
}
