/** Log lines of one request, as many as are worth keeping. */
export interface KeptLines {
  readonly lines: readonly string[];
  /** Lines that were left out, or cut. */
  readonly dropped: number;
  /** The length of all lines together. */
  readonly characters: number;
}

const maxLines = 200;
const maxLineCharacters = 64 * 1024;
const maxCharacters = 256 * 1024;

/**
 * The first and the last lines, where there are too many: the first say what was asked, the last why
 * it failed. A line that is too long is cut.
 */
export function keepLines(lines: readonly string[]): KeptLines {
  const whole = charactersOf(lines);
  // Nearly all are like this, and need no copy.
  if (lines.length <= maxLines && whole <= maxLineCharacters) {
    return { lines, dropped: 0, characters: whole };
  }
  const candidates =
    lines.length <= maxLines
      ? lines
      : [...lines.slice(0, maxLines / 2), ...lines.slice(-maxLines / 2)];
  let dropped = lines.length - candidates.length;
  let characters = 0;
  const kept: string[] = [];
  for (const line of candidates) {
    const room = Math.min(maxLineCharacters, maxCharacters - characters);
    if (room === 0) {
      dropped += 1;
      continue;
    }
    if (line.length > room) dropped += 1;
    const text = line.length > room ? cut(line, room) : line;
    characters += text.length;
    kept.push(text);
  }
  return { lines: kept, dropped, characters };
}

function charactersOf(lines: readonly string[]): number {
  let sum = 0;
  for (const { length } of lines) sum += length;
  return sum;
}

/** A copy: a slice of a text keeps the whole of it in memory. */
function cut(text: string, characters: number): string {
  return Buffer.from(text.slice(0, characters), "utf16le").toString("utf16le");
}
