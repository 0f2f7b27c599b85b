import type { Style } from "../style.ts";
import { fold, foldBehind } from "./fold.ts";

/** A column of a table. */
export interface Column<Item> {
  /** A table whose columns have none has no heads. */
  readonly title: string;
  readonly text: (item: Item) => string;
  /** Numbers stand below each other by their last digit. @default left */
  readonly align?: "left" | "right";
  /** The higher, the earlier it is left out where there is no room; 0 stays. @default 0 */
  readonly spare?: number;
  /** Whether it may end in `…` where there is no room. @default false */
  readonly canBeCut?: boolean;
  /** Whether it is of what its row is called: above the block that the row becomes, without its title. @default false */
  readonly isName?: boolean;
  /** Makes a cell stand out. It must not change how wide it is. */
  readonly paint?: (text: string, item: Item) => string;
}

const gap = 2;
/** A column is cut no shorter than this. */
const narrowest = 16;

/**
 * Lines of a table, no wider than the terminal: columns that can be spared are left out, then those that can be cut are
 * cut, the widest first, and where all that is not enough, each item becomes a block of lines.
 *
 * @param columns Infinity where there is no terminal
 */
export function tableLines<Item>(
  items: readonly Item[],
  all: readonly Column<Item>[],
  columns: number,
  style: Style,
): string[] {
  const shown = spared(items, all, columns);
  const widths = cutWidths(items, shown, columns);
  if (widths === undefined) {
    const kept = all.filter(({ spare = 0 }) => spare < 2);
    return blockLines(items, kept, columns, style);
  }
  const line = (cell: (column: Column<Item>, width: number) => string) =>
    shown
      .map((column, at) => cell(column, widths[at] ?? 0))
      .join(" ".repeat(gap))
      .trimEnd();
  const hasHeads = shown.some(({ title }) => title !== "");
  return [
    ...(hasHeads ? [line((one, width) => padded(one.title, one, width, style.bold))] : []),
    ...items.map((item) =>
      line((one, width) => {
        const { paint } = one;
        return padded(one.text(item), one, width, paint && ((text) => paint(text, item)));
      }),
    ),
  ];
}

/** How wide a table is where there is room for all of it. */
export function tableWidth<Item>(items: readonly Item[], all: readonly Column<Item>[]): number {
  return sumOf(all.map((column) => naturalWidth(items, column)));
}

/** What stays of the columns; where even that is too wide, it may still be cut. */
function spared<Item>(
  items: readonly Item[],
  all: readonly Column<Item>[],
  columns: number,
): readonly Column<Item>[] {
  const most = Math.max(...all.map(({ spare = 0 }) => spare));
  if (most === 0 || tableWidth(items, all) <= columns) return all;
  return spared(
    items,
    all.filter(({ spare = 0 }) => spare < most),
    columns,
  );
}

/** The widest columns become narrower until all fit; undefined where they cannot. */
function cutWidths<Item>(
  items: readonly Item[],
  shown: readonly Column<Item>[],
  columns: number,
): readonly number[] | undefined {
  const widths = shown.map((column) => naturalWidth(items, column));
  const cuttable = shown.flatMap(({ canBeCut }, at) => (canBeCut ? [at] : []));
  for (let over = sumOf(widths) - columns; over > 0; over = sumOf(widths) - columns) {
    const [widest = -1, second = -1] = cuttable.toSorted((a, b) => at(widths, b) - at(widths, a));
    const width = at(widths, widest);
    if (width <= narrowest) return undefined;
    // To the width of the second widest, and no further at once.
    const least = Math.min(width - 1, Math.max(narrowest, at(widths, second)));
    widths[widest] = Math.max(narrowest, width - over, least);
  }
  return widths;
}

function at(widths: readonly number[], index: number): number {
  return widths[index] ?? 0;
}

/** Each item: what it is called, and below it the others, each behind its title, numbers below each other. */
function blockLines<Item>(
  items: readonly Item[],
  all: readonly Column<Item>[],
  columns: number,
  style: Style,
): string[] {
  const names = all.filter(({ isName }) => isName);
  const others = all.filter(({ isName }) => !isName);
  const indent = names.length === 0 ? "" : "  ";
  const titles = Math.max(0, ...others.map(({ title }) => title.length));
  const behind = indent.length + titles + (titles === 0 ? 0 : 1);
  const numbers = others
    .filter(({ align }) => align === "right")
    .reduce((most, one) => Math.max(most, naturalWidth(items, { ...one, title: "" })), 0);
  const room = Math.min(numbers, columns - behind);
  const factLines = (item: Item, { title, text, align }: Column<Item>) => {
    const value = text(item);
    const space = align === "right" ? " ".repeat(Math.max(0, room - value.length)) : "";
    const [first = "", ...more] = foldBehind(
      (indent + title).padEnd(behind) + space,
      value,
      columns,
    );
    return [title === "" ? first : first.trimEnd().replace(title, style.bold), ...more];
  };
  return items.flatMap((item, index) => [
    // Blocks without a name are told apart by an empty line.
    ...(names.length === 0 && index > 0 ? [""] : []),
    ...(names.length === 0 ? [] : fold(nameOf(item, names), columns).map(style.bold)),
    ...others.flatMap((one) => factLines(item, one)),
  ]);
}

function nameOf<Item>(item: Item, names: readonly Column<Item>[]): string {
  return names.map(({ text }) => text(item)).join(" ");
}

function padded<Item>(
  text: string,
  { align }: Column<Item>,
  width: number,
  paint: (text: string) => string = (same) => same,
): string {
  const shown = text.length <= width ? text : `${text.slice(0, width - 1).trimEnd()}…`;
  const space = " ".repeat(width - shown.length);
  const painted = shown === "" ? "" : paint(shown);
  return align === "right" ? space + painted : painted + space;
}

function naturalWidth<Item>(items: readonly Item[], { title, text }: Column<Item>): number {
  return items.reduce((most, item) => Math.max(most, text(item).length), title.length);
}

function sumOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + gap + width, -gap);
}
