/** A row of a table: its name, and what stands behind it. */
export interface Row {
  readonly name: string;
  readonly cells: readonly string[];
}

const gap = 2;

/**
 * A table with numbers to the right, or, where it would be wider than the terminal, a block for each row: its name,
 * and a line for each number.
 */
export function tableLines(
  heads: readonly string[],
  rows: readonly Row[],
  columns: number,
): string[] {
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...rows.map(({ cells }) => cells[at]?.length ?? 0)),
  );
  const first = Math.max(...rows.map(({ name }) => name.length));
  const whole = first + widths.reduce((sum, width) => sum + gap + width, 0);
  if (whole > columns) return blocks(heads, rows, columns);
  const line = ({ name, cells }: Row) =>
    name.padEnd(first) +
    widths.map((width, at) => " ".repeat(gap) + (cells[at] ?? "").padStart(width)).join("");
  return [line({ name: "", cells: heads }), ...rows.map(line)];
}

/** Rows of one number each, which nobody has to be told the name of. */
export function listLines(rows: readonly Row[], columns: number): string[] {
  const [, ...lines] = tableLines([""], rows, Number.POSITIVE_INFINITY);
  if (lines.every(({ length }) => length <= columns)) return lines;
  return rows.flatMap(({ name, cells }) => [
    ...folded(name.trim(), columns),
    `  ${cells[0] ?? ""}`,
  ]);
}

function blocks(heads: readonly string[], rows: readonly Row[], columns: number): string[] {
  const indent = " ".repeat(gap);
  const head = Math.max(...heads.map(({ length }) => length));
  const cell = Math.max(...rows.flatMap(({ cells }) => cells.map(({ length }) => length)));
  const width = Math.max(0, Math.min(cell, columns - gap - head - 1));
  return rows.flatMap(({ name, cells }) => [
    ...folded(name, columns),
    ...heads.map(
      (text, at) => `${indent}${text.padEnd(head)} ${(cells[at] ?? "").padStart(width)}`,
    ),
  ]);
}

/** Lines of at most so many columns, broken at spaces, and anywhere where there is none. */
export function folded(text: string, columns: number, indent = 0): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${line} ${word}`;
      continue;
    }
    let rest = word;
    do {
      const margin = lines.length === 0 ? "" : " ".repeat(indent);
      const room = Math.max(1, columns - margin.length);
      lines.push(margin + rest.slice(0, room));
      rest = rest.slice(room);
    } while (rest !== "");
  }
  return lines;
}
