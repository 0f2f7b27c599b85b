import type { LogsAnswer } from "../../../answers/index.ts";
import type { QueryAnswer, QueryState } from "../../../observe/index.ts";
import { answerLine } from "../../answer-json.ts";
import { bytesText } from "../../layout/amount-text.ts";
import { tableLines } from "../../layout/table.ts";
import type { Style } from "../../style.ts";
import { printable } from "./printable.ts";

/** Of a GB that a query scans, in us-east-1; other regions have others. @see https://aws.amazon.com/cloudwatch/pricing/ (2026-11-27) */
const usdPerGb = 0.005;
const bytesOfGb = 1024 ** 3;

/**
 * What a query has found, for a person.
 *
 * @param columns Infinity where there is no terminal: nothing is cut then
 */
export function queryText({ found }: QueryState, columns: number, style: Style): string {
  const names = [...new Set(found.flatMap((row) => row.map(([name]) => name)))];
  const rows = found.map((row) => new Map(row));
  const table = names.map((title) => ({
    title,
    text: (row: ReadonlyMap<string, string>) => oneLine(row.get(title) ?? ""),
    canBeCut: true,
  }));
  return tableLines(rows, table, columns, style).join("\n");
}

/** The same, for a program. */
export function queryJson({ id, found, statistics }: QueryAnswer): string {
  const rows = found.map((row) => Object.fromEntries(row));
  return answerLine<LogsAnswer>({ queryId: id, statistics, rows });
}

/** How much was looked at and what that costs; undefined where CloudWatch says nothing of it. */
export function statisticsText({ statistics, found }: QueryState): string | undefined {
  if (statistics === null) return undefined;
  const { recordsMatched, recordsScanned, bytesScanned } = statistics;
  const price = (bytesScanned / bytesOfGb) * usdPerGb;
  return `${found.length} rows of ${recordsMatched} matching lines; ${recordsScanned} lines and ${bytesText(bytesScanned)} scanned, about ${price.toFixed(4)} USD at the price of us-east-1.`;
}

function oneLine(text: string): string {
  return printable(text.trim()).replace(/[\n\t]+/g, " ");
}
