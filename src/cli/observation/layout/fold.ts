/** Breaks a text at spaces, and words that are longer than a line wherever it ends. */
export function fold(text: string, columns: number): string[] {
  const width = Math.max(1, columns);
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
      continue;
    }
    for (let start = 0; start < Math.max(1, word.length); start += width) {
      lines.push(word.slice(start, start + width));
    }
  }
  return lines;
}

/** A text behind a mark; its further lines stand below its first. */
export function foldBehind(mark: string, text: string, columns: number): string[] {
  const room = columns - mark.length;
  // Where a mark takes most of the line, the text gets lines of its own.
  if (room < 12) return [mark.trimEnd(), ...fold(text, columns - 1).map((line) => ` ${line}`)];
  const [first = "", ...more] = fold(text, room);
  return [mark + first, ...more.map((line) => " ".repeat(mark.length) + line)];
}
