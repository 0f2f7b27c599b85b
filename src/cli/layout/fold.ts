/** Columns that every terminal has. */
export const textWidth = 80;

/**
 * Breaks a text at spaces, and words that are longer than a line wherever it ends. Only a URL stays whole: it is to be
 * followed, and a terminal knows how to show it.
 *
 * @param indent how many columns further in the lines after the first begin
 */
export function fold(text: string, columns: number, indent = 0): string[] {
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
      continue;
    }
    let rest = word;
    const left = columns - (last?.length ?? columns) - 1;
    // JSON has few spaces: what has to be broken anyway need not leave most of a line empty.
    if (word.length > columns && left >= columns / 2 && !isUrl(word)) {
      lines[lines.length - 1] = `${last} ${rest.slice(0, left)}`;
      rest = rest.slice(left);
    }
    do {
      const margin = lines.length === 0 ? "" : " ".repeat(Math.min(indent, columns - 1));
      const room = isUrl(word) ? word.length : Math.max(1, columns - margin.length);
      lines.push(margin + rest.slice(0, room));
      rest = rest.slice(room);
    } while (rest !== "");
  }
  return lines;
}

function isUrl(word: string): boolean {
  return /^https?:\/\//.test(word);
}

/** Less room than this is none for a text of several lines. */
const narrowest = 12;

/**
 * A text behind a mark, such as `  - `; its further lines stand below its first.
 *
 * @param further how many columns further in than that
 */
export function foldBehind(mark: string, text: string, columns: number, further = 0): string[] {
  const room = columns - mark.length;
  // Where a mark takes most of the line, the text gets lines of its own.
  if (room < narrowest && text.length > room) {
    const label = mark.trim();
    const indent = " ".repeat(Math.min(mark.indexOf(label), columns - 2));
    return [
      ...(label === "" ? [] : fold(label, columns - indent.length).map((line) => indent + line)),
      ...fold(text, columns - indent.length - 1).map((line) => `${indent} ${line}`),
    ];
  }
  const [first = "", ...more] = fold(text, room, further);
  return [mark + first, ...more.map((line) => " ".repeat(mark.length) + line)];
}

/** What is to be said of something: a line for each fact, the facts below each other. */
export function foldFacts(
  facts: readonly (readonly [label: string, text: string])[],
  columns: number,
): string[] {
  const width = Math.max(0, ...facts.map(([label]) => label.length)) + 2;
  return facts.flatMap(([label, text]) => foldBehind(label.padEnd(width), text, columns));
}
