/** Columns that every terminal has. */
export const textWidth = 80;

/** A text behind a mark, such as `  - `; further lines stand below it, further in. */
export function hanging(mark: string, text: string): string {
  const indent = " ".repeat(mark.length + 2);
  const [first = "", ...more] = wrap(text, textWidth - indent.length);
  return [mark + first, ...more.map((line) => indent + line)].join("\n");
}

/** Breaks at spaces. A word that is too long gets a line of its own. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
