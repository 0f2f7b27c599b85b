import { fold } from "./fold.ts";

/** A column of a table. */
export interface Column<Item> {
  readonly title: string;
  readonly text: (item: Item) => string;
  /** Numbers stand below each other by their last digit. @default left */
  readonly align?: "left" | "right";
  /** The higher, the earlier it is left out where there is no room; 0 stays. @default 0 */
  readonly spare?: number;
  /** Makes a cell stand out. It must not change how wide it is. */
  readonly paint?: (text: string, item: Item) => string;
}

const gap = 2;

/**
 * Lines of a table, no wider than the terminal: columns that can be spared are left out, and where not even the
 * others fit, each item becomes a few lines of its own.
 */
export function tableText<Item>(
  items: readonly Item[],
  all: readonly Column<Item>[],
  columns: number,
): string[] {
  let shown = all;
  while (widthOf(shown, items) > columns) {
    const spare = Math.max(...shown.map((one) => one.spare ?? 0));
    if (spare === 0) return items.flatMap((item) => stacked(item, all, columns));
    shown = shown.filter((one) => (one.spare ?? 0) < spare);
  }
  const widths = shown.map((column) => columnWidth(column, items));
  const line = (cells: readonly string[]) => cells.join(" ".repeat(gap)).trimEnd();
  return [
    line(shown.map((column, index) => aligned(column.title, column, widths[index] ?? 0))),
    ...items.map((item) =>
      line(
        shown.map((column, index) => {
          const cell = aligned(column.text(item), column, widths[index] ?? 0);
          return column.paint?.(cell, item) ?? cell;
        }),
      ),
    ),
  ];
}

/** The first column as a heading, the others below it. */
function stacked<Item>(
  item: Item,
  [first, ...others]: readonly Column<Item>[],
  columns: number,
): string[] {
  return [
    ...fold(first?.text(item) ?? "", columns),
    ...others
      .filter((column) => (column.spare ?? 0) < 2)
      .flatMap((column) => fold(`${column.title} ${column.text(item)}`, columns - 1))
      .map((line) => ` ${line}`),
  ];
}

function aligned<Item>(text: string, { align }: Column<Item>, width: number): string {
  return align === "right" ? text.padStart(width) : text.padEnd(width);
}

function columnWidth<Item>({ title, text }: Column<Item>, items: readonly Item[]): number {
  return Math.max(title.length, ...items.map((item) => text(item).length));
}

function widthOf<Item>(columns: readonly Column<Item>[], items: readonly Item[]): number {
  const gaps = gap * Math.max(0, columns.length - 1);
  return columns.reduce((sum, column) => sum + columnWidth(column, items), gaps);
}
