/** What is written down one number after the other: operations, switches of tables, drills. */

/** A number as it stands in a key. Six digits: keys are listed in the order of their characters. */
export function numberText(number: number): string {
  return String(number).padStart(6, "0");
}

/** The files of each number, the newest first: of keys such as `PREFIX000001/started.json`. */
export function filesByNumber(
  keys: readonly string[],
  prefix: string,
): [number: number, files: readonly string[]][] {
  const files = new Map<number, string[]>();
  for (const key of keys) {
    const [number, file] = key.slice(prefix.length).split("/");
    if (file === undefined) continue;
    files.set(Number(number), [...(files.get(Number(number)) ?? []), file]);
  }
  return [...files].sort(([one], [other]) => other - one);
}
