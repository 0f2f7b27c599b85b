import { type Column, tableLines } from "../../layout/table.ts";
import type { Style } from "../../style.ts";

/** What costs something, and what it costs: each in a column of its own. */
export interface Row {
  readonly name: string;
  readonly cells: readonly string[];
}

/** How wide it may be, and whether in colour. */
export interface Look {
  readonly columns: number;
  readonly style: Style;
}

/** Costs below each other, and what they come to in bold. */
export function costLines(
  heads: readonly string[],
  rows: readonly Row[],
  { columns, style }: Look,
): string[] {
  const table: Column<Row>[] = [
    { title: "", text: ({ name }) => name, isName: true },
    ...heads.map(
      (title, at): Column<Row> => ({
        title,
        text: ({ cells }) => cells[at] ?? "",
        align: "right",
      }),
    ),
  ];
  return tableLines(rows, table, columns, style).map((line) =>
    line.startsWith("Together") ? style.bold(line) : line,
  );
}
