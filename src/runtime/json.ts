/**
 * Parses JSON and finds the keys that stand twice in one object. `JSON.parse` keeps the last of them
 * without a word, and somebody's value is lost.
 *
 * @throws {SyntaxError} where the text is not JSON
 */
export function parseJson(text: string): { value: unknown; duplicateKeys: string[] } {
  return { value: JSON.parse(text), duplicateKeys: duplicateKeys(text) };
}

/** Walks over a text that is known to be valid JSON: only strings, braces and brackets matter. */
function duplicateKeys(json: string): string[] {
  const duplicates: string[] = [];
  /** The keys seen in each open object; `null` for an open array. */
  const open: (Set<string> | null)[] = [];
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/g;
  for (let match = tokens.exec(json); match !== null; match = tokens.exec(json)) {
    const [token, colon] = match;
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (colon !== undefined) {
      const quoted = token.slice(0, -colon.length);
      const key: string = quoted.includes("\\") ? JSON.parse(quoted) : quoted.slice(1, -1);
      const keys = open.at(-1);
      if (keys?.has(key)) duplicates.push(key);
      keys?.add(key);
    }
  }
  return duplicates;
}
