import type {
  AlarmHistory,
  AlarmRow,
  AlarmsRead,
  FigureForm,
  ServiceAlarmRow,
} from "../../../observe/index.ts";
import { minuteText } from "../../layout/amount-text.ts";
import { fold, foldBehind } from "../../layout/fold.ts";
import type { Screen } from "../../layout/screen.ts";
import { createStyle } from "../../style.ts";
import { noFigures, paintedAs, reasonOf, type State, stateWords } from "./alarm-words.ts";
import { historyLines } from "./history-text.ts";

/** What a line of the list says of an alarm, and what stands below it. */
interface Entry {
  readonly name: string;
  readonly state: State;
  readonly severity: string;
  readonly since: string | null;
  readonly reasons: readonly string[];
  /** Of the figures that changes of its state are told with. */
  readonly form: FigureForm;
}

/** One line an alarm, the service's own first where it is given; below those that are not well, why. */
export function alarmListText(
  environment: string,
  { service, rows, histories }: AlarmsRead,
  { columns, color }: Screen,
): string {
  const style = createStyle(color);
  const entries = [...(service === null ? [] : [serviceEntry(service)]), ...rows.map(entryOf)];
  if (entries.length === 0) return `${environment}: no alarms are planned.`;
  const firing = rows.filter(({ state }) => state === "ALARM").length;
  const count = rows.length === 1 ? "1 alarm" : `${rows.length} alarms`;
  const width = Math.max(...entries.map(({ state }) => stateWords[state].length)) + 2;
  return [
    ...fold(`${environment}: ${count}, ${firing} firing; times in UTC`, columns),
    ...entries.flatMap((entry) => [
      ...headLines(entry, width, columns).map((line) => paintedAs(entry.state, line, style)),
      ...entry.reasons.flatMap((text) =>
        foldBehind(" ".repeat(columns < 40 ? 1 : width), text, columns),
      ),
      ...historyOf(entry, histories.get(entry.name), columns),
    ]),
  ].join("\n");
}

function headLines({ name, state, severity, since }: Entry, width: number, columns: number) {
  const more = since === null || state === "missing" ? [] : [`since ${minuteText(since)}`];
  return foldBehind(stateWords[state].padEnd(width), [name, severity, ...more].join("  "), columns);
}

function historyOf({ form }: Entry, history: AlarmHistory | undefined, columns: number) {
  return history === undefined ? [] : historyLines(history, form, columns);
}

function entryOf(row: AlarmRow): Entry {
  const { name, state, severity, since, isHeard, description, differences } = row;
  const reasons = [
    ...(state === "ALARM" ? [reasonOf(row)] : []),
    ...(state === "missing" ? [`would say: ${description}`] : []),
    ...(state !== "missing" && isHeard === false ? ["nobody is told of it"] : []),
    ...(differences.length > 0 ? [`is not as planned: ${differences.join("; ")}`] : []),
  ];
  return { name, state, severity, since, form: row, reasons };
}

function serviceEntry({
  name,
  state,
  since,
  description,
  isHeard,
  unread,
}: ServiceAlarmRow): Entry {
  const reasons = [
    ...(state === "missing" ? [`nobody is woken; it would say: ${description}`] : []),
    ...(state === "unknown" ? [unknownText(unread)] : []),
    ...(state !== "missing" && isHeard === false ? ["nobody is woken by it"] : []),
  ];
  return { name, state, severity: "page", since, form: noFigures, reasons };
}

function unknownText(unread: ServiceAlarmRow["unread"]): string {
  return unread === null
    ? "there can be no alarm over others here"
    : `could not be read: ${unread.message} fix: ${unread.fix}`;
}
