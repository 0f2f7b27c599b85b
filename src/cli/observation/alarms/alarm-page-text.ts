import {
  type AlarmHistory,
  type AlarmRow,
  type FigureForm,
  type ServiceAlarmRow,
  side,
  unitSuffixes,
} from "../../../observe/index.ts";
import type { Section } from "../../../runbook/index.ts";
import { lengthText, minuteText } from "../../layout/amount-text.ts";
import { fold, foldFacts } from "../../layout/fold.ts";
import type { Screen } from "../../layout/screen.ts";
import { createStyle } from "../../style.ts";
import { noFigures, paintedAs, reasonOf, stateWords } from "./alarm-words.ts";
import { historyLines } from "./history-text.ts";
import { sectionLines } from "./section-text.ts";

type Fact = readonly [name: string, value: string];

/** An alarm over figures: what it looks at, when it fires, when it last did, and what to do then. */
export function alarmText(
  row: AlarmRow,
  history: AlarmHistory,
  section: Section | undefined,
  screen: Screen,
): string {
  const { state, differences } = row;
  const facts: Fact[] = [
    ...(state === "missing" ? [] : [["why", reasonOf(row)] as const]),
    ["severity", row.severity],
    ["of", row.subject],
    ["looks at", row.metrics.map(metricText).join("; ")],
    ...(row.expression === null ? [] : [["computes", row.expression] as const]),
    ["fires", firesText(row)],
    ["no data", row.missingData === "notBreaching" ? "counts as good" : "counts as bad"],
    ["told", toldText(row.isHeard)],
    ["from", `${row.from} in service.ts`],
    ...differences.map((one) => ["differs", one] as const),
  ];
  return pageText(row, facts, history, row, section, screen);
}

/** The alarm over those that wake somebody: which of them fire, when it last did, and what to do. */
export function serviceAlarmText(
  row: ServiceAlarmRow,
  members: readonly AlarmRow[],
  history: AlarmHistory,
  section: Section | undefined,
  screen: Screen,
): string {
  const firing = members.filter(({ state }) => state === "ALARM").map(({ name }) => name);
  const facts: Fact[] = [
    ...(row.unread === null ? [] : [["why", row.unread.message] as const]),
    ["severity", "page"],
    ["fires", `where one of ${row.alarms.length} alarms does`],
    ["these do", firing.length === 0 ? "none" : firing.join(", ")],
    ["told", toldText(row.isHeard)],
    ["from", `${row.from} in service.ts`],
  ];
  return pageText(row, facts, history, noFigures, section, screen);
}

function pageText(
  { name, description, state, since }: AlarmRow | ServiceAlarmRow,
  facts: readonly Fact[],
  history: AlarmHistory,
  form: FigureForm,
  section: Section | undefined,
  { columns, color }: Screen,
): string {
  const style = createStyle(color);
  const stateText = `${stateWords[state]}${since === null ? "" : ` since ${minuteText(since)} UTC`}`;
  return [
    ...fold(name, columns).map(style.bold),
    ...fold(description, columns),
    "",
    ...foldFacts([["state", stateText], ...facts], columns).map((line, index) =>
      index === 0 ? paintedAs(state, line, style) : line,
    ),
    "",
    "changes of its state",
    ...historyLines(history, form, columns),
    ...(section === undefined ? [] : ["", ...sectionLines(section, columns, style)]),
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
  const { comparison, threshold, unit, minimumCount } = row;
  const { periods, datapointsToAlarm, periodSeconds } = row;
  const floor = minimumCount === 0 ? "" : `, from ${minimumCount} on`;
  return `${side(comparison)} ${threshold}${unitSuffixes[unit]}${floor}, in ${datapointsToAlarm} of ${periods} ${periods === 1 ? "period" : "periods"} of ${lengthText(periodSeconds)}`;
}

/** In words, because it is not always known. */
function toldText(isHeard: boolean | null): string {
  if (isHeard === null) return "not known, as the service's alarm is not";
  return isHeard ? "somebody is" : "nobody is";
}
