import { SourceMap } from "node:module";

/** Where a position of minified code was written, by its source map. Lines and columns count from 1. */
export function originalFile(
  map: Uint8Array | undefined,
  code: string,
  at: number,
): { source: string; line: number; column: number } | undefined {
  if (map === undefined) return undefined;
  const before = code.slice(0, at).split("\n");
  const sourceMap = new SourceMap(JSON.parse(new TextDecoder().decode(map)));
  const entry = sourceMap.findEntry(before.length - 1, (before.at(-1) ?? "").length);
  if (!("originalSource" in entry)) return undefined;
  return {
    source: entry.originalSource,
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}
