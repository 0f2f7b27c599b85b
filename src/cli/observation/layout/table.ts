import type { Style } from "../../style.ts";
import { printable } from "./printable.ts";

/** A column is cut no shorter than this; where that is not enough, each row becomes a list. */
const narrowest = 16;
const gap = "  ";

/**
 * Rows as a table that is no wider than the terminal. What is cut ends in `…`. Where it is too narrow for that, every
 * value gets a line of its own.
 *
 * @param columns undefined where there is no terminal: nothing is cut then
 */
export function tableText(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number | undefined,
  style: Style,
): string {
  const cells = rows.map((row) => names.map((_, index) => oneLine(row[index] ?? "")));
  const natural = names.map((name, index) =>
    Math.max(name.length, ...cells.map((row) => (row[index] ?? "").length)),
  );
  const widths = fitted(natural, columns);
  if (widths === undefined) return listText(names, cells, style);
  const line = (row: readonly string[], paint: (text: string) => string = (text) => text) =>
    widths
      .map((width, index) => paint(cut(row[index] ?? "", width).padEnd(width)))
      .join(gap)
      .trimEnd();
  return [line(names, style.bold), ...cells.map((row) => line(row))].join("\n");
}

/** The widest columns become narrower until all fit; undefined where they cannot. */
function fitted(natural: readonly number[], columns: number | undefined): number[] | undefined {
  const widths = [...natural];
  const tooMuch = () =>
    widths.reduce((sum, width) => sum + width + gap.length, -gap.length) -
    (columns ?? Number.POSITIVE_INFINITY);
  for (let over = tooMuch(); over > 0; over = tooMuch()) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= narrowest) return undefined;
    // To the width of the second widest, and no further at once.
    const second = Math.max(narrowest, ...widths.filter((_, index) => index !== widest));
    widths[widest] = Math.max(narrowest, width - over, Math.min(width - 1, second));
  }
  return widths;
}

function listText(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): string {
  return rows
    .map((row) => names.map((name, index) => `${style.bold(name)}: ${row[index] ?? ""}`).join("\n"))
    .join("\n\n");
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1).trimEnd()}…`;
}

function oneLine(text: string): string {
  return printable(text.trim()).replace(/[\n\t]+/g, " ");
}
