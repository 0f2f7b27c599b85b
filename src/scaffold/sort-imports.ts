/** The names of each import, and the imports from one folder, in the order that the formatter has them in. */
export function withSortedImports(source: string): string {
  const statement = /^import (?:[^;"]*? from )?"[^"]+";\n/gm;
  const statements = [...source.matchAll(statement)].map(([text]) => ({
    text: sortedNames(text),
    from: /"([^"]+)"/.exec(text)?.[1] ?? "",
  }));
  const folderOf = (from: string) => from.slice(0, from.lastIndexOf("/") + 1);
  const sorted = [...statements];
  for (let start = 0; start < sorted.length; ) {
    const folder = folderOf(sorted[start]?.from ?? "");
    let end = start;
    while (end < sorted.length && folderOf(sorted[end]?.from ?? "") === folder) end += 1;
    if (folder.startsWith(".")) {
      const run = sorted
        .slice(start, end)
        .sort((a, b) => compareNames(withoutEnding(a.from), withoutEnding(b.from)));
      sorted.splice(start, run.length, ...run);
    }
    start = end;
  }
  let position = 0;
  return source.replace(statement, () => sorted[position++]?.text ?? "");
}

function sortedNames(statement: string): string {
  return statement.replace(/\{([^}]*)\}/, (whole, names: string) => {
    const all = names.split(",").map((name) => name.trim());
    const kept = all.filter((name) => name !== "");
    const plain = (name: string) => name.replace(/^type /, "");
    kept.sort((a, b) => compareNames(plain(a), plain(b)));
    return whole.includes("\n") ? `{\n  ${kept.join(",\n  ")},\n}` : `{ ${kept.join(", ")} }`;
  });
}

function withoutEnding(file: string): string {
  return file.replace(/\.ts$/, "");
}

/** Letters in the order of the alphabet, each capital right before its letter: A, a, B, b. */
export function compareNames(a: string, b: string): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [one, other] = [a.charAt(at), b.charAt(at)];
    if (one === other) continue;
    const [first, second] = [one.toLowerCase(), other.toLowerCase()];
    return first === second ? compared(one, other) : compared(first, second);
  }
  return a.length - b.length;
}

function compared(one: string, other: string): number {
  return one < other ? -1 : 1;
}
