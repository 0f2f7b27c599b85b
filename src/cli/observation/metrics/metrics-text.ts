import {
  type FigureRow,
  highest,
  latest,
  periodsIn,
  type TimeWindow,
  total,
} from "../../../observe/index.ts";
import { countText, lengthText, millisecondsText, minuteText } from "../../layout/amount-text.ts";
import { fold } from "../../layout/fold.ts";
import type { Screen } from "../../layout/screen.ts";
import { sparkline } from "../../layout/sparkline.ts";
import { type Column, tableLines, tableWidth } from "../../layout/table.ts";
import { createStyle } from "../../style.ts";

/** Figures over time, a line each. */
export function metricsText(
  about: string,
  figures: readonly FigureRow[],
  window: TimeWindow,
  screen: Screen,
): string {
  const { columns, unicode, color } = screen;
  const style = createStyle(color);
  const from = minuteText(window.from.toISOString());
  const to = minuteText(window.to.toISOString());
  const head = `${about}, ${from} to ${to} UTC, ${lengthText(window.periodSeconds)} each`;
  if (figures.length === 0)
    return [...fold(head, columns), "There is nothing to count."].join("\n");
  const names: Column<FigureRow>[] = [
    { title: "of", text: ({ subject }) => subject, isName: true },
    { title: "figure", text: titleOf, isName: true },
  ];
  const amounts: Column<FigureRow>[] = [
    { title: "last", text: (row) => amountText(row, latest(row.values)), align: "right", spare: 2 },
    { title: "all", text: (row) => amountText(row, allOf(row)), align: "right" },
  ];
  // The line has as much room as names and numbers leave.
  const room = Math.max(8, columns - tableWidth(figures, [...names, ...amounts]) - 2);
  const places = Math.min(periodsIn(window), room);
  const table: Column<FigureRow>[] = [
    ...names,
    { title: "over time", text: ({ values }) => sparkline(values, places, unicode), spare: 1 },
    ...amounts,
  ];
  const isSilent = figures.every(({ values }) => values.every((value) => value === null));
  return [
    ...fold(head, columns).map(style.dim),
    ...tableLines(figures, table, columns, style),
    ...(isSilent ? ["", ...fold("Nothing was reported in that time.", columns)] : []),
  ].join("\n");
}

/** `Duration p99`; a count is a sum where nothing else is said. */
function titleOf({ metric, statistic }: FigureRow): string {
  return statistic === "Sum" ? metric : `${metric} ${statistic}`;
}

/** The sum where it is one, else the highest: percentiles cannot be put together. */
function allOf({ statistic, values }: FigureRow): number | null {
  const isSum = statistic === "Sum" || statistic === "SampleCount";
  return isSum ? total(values) : highest(values);
}

function amountText({ unit }: FigureRow, value: number | null): string {
  return unit === "milliseconds" ? millisecondsText(value) : countText(value);
}
