import type { Place } from "../../errors/index.ts";
import { readTextFile } from "../../system/index.ts";

/** Where a file imports something; its first line where that cannot be told. */
export async function placeOfImport(file: string, specifier: string): Promise<Place> {
  const text = await readTextFile(file).catch(() => "");
  const found = [`"${specifier}"`, `'${specifier}'`].map((quoted) => text.indexOf(quoted));
  const at = Math.max(0, Math.min(...found.filter((index) => index !== -1), text.length));
  const before = at === text.length ? [""] : text.slice(0, at).split("\n");
  return { file, line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
