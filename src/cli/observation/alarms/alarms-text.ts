import {
  type AlarmRow,
  type AlarmTransition,
  readableReason,
  reasonText,
  type ServiceAlarmRow,
  statedReason,
  unitSuffixes,
} from "../../../observe/index.ts";
import type { Section } from "../../../runbook/index.ts";
import { lengthText, minuteText } from "../../layout/amount-text.ts";
import { fold, foldBehind, foldFacts } from "../../layout/fold.ts";
import type { Screen } from "../../layout/screen.ts";
import { createStyle, type Style } from "../../style.ts";
import { paintedAs, stateWords } from "./alarm-words.ts";
import { sectionLines } from "./section-text.ts";
import { toldText } from "./service-alarm-text.ts";

/** The changes of each alarm's state, by its name; null where they could not be read. */
export type AlarmHistories = ReadonlyMap<string, readonly AlarmTransition[] | null>;

/** One line an alarm, the service's own first; below those that are not well, why. */
export function alarmListText(
  environment: string,
  service: ServiceAlarmRow | null,
  rows: readonly AlarmRow[],
  history: AlarmHistories | undefined,
  { columns, color }: Screen,
): string {
  const style = createStyle(color);
  if (rows.length === 0) return `${environment}: no alarms are planned.`;
  const firing = rows.filter(({ state }) => state === "ALARM").length;
  const count = rows.length === 1 ? "1 alarm" : `${rows.length} alarms`;
  const shown = service === null ? rows : [service, ...rows];
  const width = Math.max(...shown.map(({ state }) => stateWords[state].length)) + 2;
  return [
    ...fold(`${environment}: ${count}, ${firing} firing; times in UTC`, columns),
    ...(service === null ? [] : serviceLines(service, width, columns, style)),
    ...rows.flatMap((row) => [
      ...rowLines(row, width, columns, style),
      ...(history === undefined ? [] : historyLines(history.get(row.name) ?? null, row, columns)),
    ]),
  ].join("\n");
}

function serviceLines(
  { name, state, since, description, isHeard }: ServiceAlarmRow,
  width: number,
  columns: number,
  style: Style,
): string[] {
  const more = since === null ? [] : [`since ${minuteText(since)}`];
  const reasons = [
    ...(state === "missing" ? [`nobody is woken; it would say: ${description}`] : []),
    ...(state === "unknown" ? ["there can be no alarm over others here"] : []),
    ...(state !== "missing" && isHeard === false ? ["nobody is woken by it"] : []),
  ];
  const indent = " ".repeat(columns < 40 ? 1 : width);
  return [
    ...foldBehind(stateWords[state].padEnd(width), [name, "page", ...more].join("  "), columns).map(
      (line) => paintedAs(state, line, style),
    ),
    ...reasons.flatMap((text) => foldBehind(indent, text, columns)),
  ];
}

function rowLines(row: AlarmRow, width: number, columns: number, style: Style): string[] {
  const { name, state, since, severity, isHeard, differences } = row;
  const more = [
    severity,
    ...(since === null || state === "missing" ? [] : [`since ${minuteText(since)}`]),
  ];
  const head = foldBehind(stateWords[state].padEnd(width), [name, ...more].join("  "), columns);
  const reasons = [
    ...(state === "ALARM" ? [reasonOf(row)] : []),
    ...(state === "missing" ? [`would say: ${row.description}`] : []),
    ...(state !== "missing" && isHeard === false ? ["nobody is told of it"] : []),
    ...(differences.length > 0 ? [`is not as planned: ${differences.join("; ")}`] : []),
  ];
  const indent = " ".repeat(columns < 40 ? 1 : width);
  return [
    ...head.map((line) => paintedAs(state, line, style)),
    ...reasons.flatMap((text) => foldBehind(indent, text, columns)),
  ];
}

/** What it looks at, when it fires, when it last did, and what to do then. */
export function alarmText(
  row: AlarmRow,
  history: readonly AlarmTransition[] | null,
  section: Section,
  { columns, color }: Screen,
): string {
  const style = createStyle(color);
  const { name, state, since, description, severity, differences } = row;
  const facts: (readonly [string, string])[] = [
    ["state", `${stateWords[state]}${since === null ? "" : ` since ${minuteText(since)} UTC`}`],
    ...(state === "missing" ? [] : [["why", reasonOf(row)] as const]),
    ["severity", severity],
    ["of", row.subject],
    ["looks at", row.metrics.map(metricText).join("; ")],
    ...(row.expression === null ? [] : [["computes", row.expression] as const]),
    ["fires", firesText(row)],
    ["no data", row.missingData === "notBreaching" ? "counts as good" : `is ${row.missingData}`],
    ["told", toldText(row)],
    ["from", `${row.from} in service.ts`],
    ...differences.map((one) => ["differs", one] as const),
  ];
  return [
    ...fold(name, columns).map(style.bold),
    ...fold(description, columns),
    "",
    ...foldFacts(facts, columns).map((line, index) =>
      index === 0 ? paintedAs(state, line, style) : line,
    ),
    "",
    "changes of its state",
    ...historyLines(history, row, columns),
    "",
    ...sectionLines(section, columns, style),
  ].join("\n");
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
  const floor = minimumCount === 0 ? "" : `, from ${minimumCount} on`;
  return `above ${threshold}${unitSuffixes[unit]}${floor}, in ${datapointsToAlarm} of ${periods} ${periods === 1 ? "period" : "periods"} of ${lengthText(periodSeconds)}`;
}

function reasonOf({ reason, datapoints, threshold, unit }: AlarmRow): string {
  if (datapoints.length === 0) return statedReason(reason);
  return reasonText({ datapoints: datapoints.toReversed(), threshold }, unit);
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
