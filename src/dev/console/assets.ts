import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** One file of the page. */
export interface Asset {
  readonly type: string;
  readonly content: Buffer;
  /** The same, compressed with gzip. */
  readonly compressed: Buffer;
  readonly entityTag: string;
}

/**
 * The page is served as it was written, so it needs no build: the npm package has its folder beside
 * `dist/`, and from both `src/dev/console/` and `dist/dev/console/` this is the way to it.
 */
const folder = fileURLToPath(new URL("../../../src/dev/console/page/", import.meta.url));

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Every file of the page by its name. */
export async function readAssets(): Promise<ReadonlyMap<string, Asset>> {
  const names = (await readdir(folder)).filter((name) => path.extname(name) in types).sort();
  return new Map(
    await Promise.all(
      names.map(async (name) => {
        const content = await readFile(path.join(folder, name));
        const entityTag = `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
        const type = types[path.extname(name)] ?? "";
        return [name, { type, content, compressed: gzipSync(content), entityTag }] as const;
      }),
    ),
  );
}
