import { type AlarmRow, type AlarmTransition, readableReason } from "../../../observe/index.ts";
import { lengthText, minuteText } from "../../layout/amount-text.ts";
import { fold, foldBehind, foldFacts } from "../../layout/fold.ts";
import type { Screen } from "../../layout/screen.ts";
import { createStyle, type Style } from "../../style.ts";

/** The changes of each alarm's state, by its name; null where they could not be read. */
export type AlarmHistories = ReadonlyMap<string, readonly AlarmTransition[] | null>;

const words: Readonly<Record<AlarmRow["state"], string>> = {
  ALARM: "FIRES",
  missing: "missing",
  INSUFFICIENT_DATA: "no data",
  OK: "ok",
};

/** One line an alarm; below those that are not well, why. */
export function alarmListText(
  environment: string,
  rows: readonly AlarmRow[],
  history: AlarmHistories | undefined,
  { columns, color }: Screen,
): string {
  const style = createStyle(color);
  if (rows.length === 0) return `${environment}: no alarms are planned.`;
  const firing = rows.filter(({ state }) => state === "ALARM").length;
  const count = rows.length === 1 ? "1 alarm" : `${rows.length} alarms`;
  const width = Math.max(...rows.map(({ state }) => words[state].length)) + 2;
  return [
    ...fold(`${environment}: ${count}, ${firing} firing; times in UTC`, columns),
    ...rows.flatMap((row) => [
      ...rowLines(row, width, columns, style),
      ...(history === undefined ? [] : historyLines(history.get(row.name) ?? null, row, columns)),
    ]),
  ].join("\n");
}

function rowLines(row: AlarmRow, width: number, columns: number, style: Style): string[] {
  const { name, state, since, severity, isHeard, differences } = row;
  const more = [
    severity,
    ...(since === null || state === "missing" ? [] : [`since ${minuteText(since)}`]),
  ];
  const head = foldBehind(words[state].padEnd(width), [name, ...more].join("  "), columns);
  const reasons = [
    ...(state === "ALARM" ? [reasonOf(row)] : []),
    ...(state === "missing" ? [`would say: ${row.description}`] : []),
    ...(state !== "missing" && !isHeard ? ["nobody is told of it"] : []),
    ...(differences.length > 0 ? [`is not as planned: ${differences.join("; ")}`] : []),
  ];
  const indent = " ".repeat(columns < 40 ? 1 : width);
  return [
    ...head.map((line) => painted(line, state, style)),
    ...reasons.flatMap((text) => foldBehind(indent, text, columns)),
  ];
}

function painted(text: string, state: AlarmRow["state"], style: Style): string {
  if (state === "ALARM") return style.red(text);
  return state === "OK" ? text : style.yellow(text);
}

/** What it looks at, when it fires, when it last did, and what to do then. */
export function alarmText(
  row: AlarmRow,
  history: readonly AlarmTransition[] | null,
  environment: string,
  { columns, color }: Screen,
): string {
  const style = createStyle(color);
  const { name, state, since, description, severity, runbook, differences } = row;
  const facts: (readonly [string, string])[] = [
    ["state", `${words[state]}${since === null ? "" : ` since ${minuteText(since)} UTC`}`],
    ...(state === "missing" ? [] : [["why", reasonOf(row)] as const]),
    ["severity", severity],
    ["of", row.subject],
    ["looks at", row.metrics.map(metricText).join("; ")],
    ...(row.expression === null ? [] : [["computes", row.expression] as const]),
    ["fires", firesText(row)],
    ["no data", row.missingData === "notBreaching" ? "counts as good" : `is ${row.missingData}`],
    ["told", row.isHeard ? "somebody is" : "nobody is"],
    ["from", `${row.from} in service.ts`],
    ["runbook", `section ${runbook}`],
    ...differences.map((one) => ["differs", one] as const),
  ];
  return [
    ...fold(name, columns).map(style.bold),
    ...fold(description, columns),
    "",
    ...foldFacts(facts, columns).map((line, index) =>
      index === 0 ? painted(line, state, style) : line,
    ),
    "",
    "changes of its state",
    ...historyLines(history, row, columns),
    "",
    "see also",
    ...seeAlso(row, environment).map((line) => `  ${style.green(line)}`),
  ].join("\n");
}

function seeAlso({ kind, subject }: AlarmRow, environment: string): string[] {
  const isOfFunction = kind.startsWith("function-");
  return [
    `lambdakit metrics ${isOfFunction ? `${subject} ` : ""}--env ${environment}`,
    ...(isOfFunction ? [`lambdakit logs ${subject} --env ${environment}`] : []),
    `lambdakit releases history --env ${environment}`,
  ];
}

function metricText({
  id,
  namespace,
  name,
  statistic,
  dimensions,
}: AlarmRow["metrics"][number]): string {
  const of = Object.entries(dimensions).map(([key, value]) => `${key} ${value}`);
  return `${id} = ${statistic} of ${namespace} ${name} (${of.join(", ")})`;
}

function firesText(row: AlarmRow): string {
  const { threshold, unit, minimumCount, periods, datapointsToAlarm, periodSeconds } = row;
  const units = { percent: " %", milliseconds: " ms", count: "" };
  const floor = minimumCount === 0 ? "" : `, from ${minimumCount} on`;
  return `above ${threshold}${units[unit]}${floor}, in ${datapointsToAlarm} of ${periods} ${periods === 1 ? "period" : "periods"} of ${lengthText(periodSeconds)}`;
}

function reasonOf({ reason, datapoints, threshold, unit }: AlarmRow): string {
  if (datapoints.length === 0) return reason === "" ? "CloudWatch does not say why" : reason;
  const recentDatapoints = datapoints.toReversed();
  return readableReason(
    { reason, reasonData: JSON.stringify({ recentDatapoints, threshold }) },
    unit,
  );
}

function historyLines(
  history: readonly AlarmTransition[] | null,
  { unit }: AlarmRow,
  columns: number,
): string[] {
  if (history === null) return foldBehind("  ", "could not be read", columns);
  if (history.length === 0) return foldBehind("  ", "none is known", columns);
  return history.flatMap((one) =>
    foldBehind(
      "  ",
      `${minuteText(one.at)}  ${one.from} -> ${one.to}: ${readableReason(one, unit)}`,
      columns,
    ),
  );
}
