import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { ownFolder } from "../../package/index.ts";

/** One file of the page. */
export interface Asset {
  readonly type: string;
  readonly content: Buffer;
  /** The same, compressed with gzip. */
  readonly compressed: Buffer;
  readonly entityTag: string;
}

/** The page is served as it was written, so it needs no build. */
const folder = ownFolder("dev/console/page");

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
