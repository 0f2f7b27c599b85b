import type { AlarmRow, ServiceAlarmRow } from "../../../observe/index.ts";
import type { Section } from "../../../runbook/index.ts";
import { minuteText } from "../../layout/amount-text.ts";
import { fold, foldFacts } from "../../layout/fold.ts";
import type { Screen } from "../../layout/screen.ts";
import { createStyle } from "../../style.ts";
import { paintedAs, stateWords } from "./alarm-words.ts";
import { sectionLines } from "./section-text.ts";

/** The alarm over those that wake somebody: which of them fire, and what to do. */
export function serviceAlarmText(
  row: ServiceAlarmRow,
  rows: readonly AlarmRow[],
  section: Section,
  { columns, color }: Screen,
): string {
  const style = createStyle(color);
  const firing = rows.filter(({ name, state }) => row.alarms.includes(name) && state === "ALARM");
  const facts: (readonly [string, string])[] = [
    [
      "state",
      `${stateWords[row.state]}${row.since === null ? "" : ` since ${minuteText(row.since)} UTC`}`,
    ],
    ["severity", "page"],
    ["fires", `where one of ${row.alarms.length} alarms does`],
    ["these do", firing.length === 0 ? "none" : firing.map(({ name }) => name).join(", ")],
    ["told", toldText(row)],
    ["from", `${row.from} in service.ts`],
  ];
  return [
    ...fold(row.name, columns).map(style.bold),
    ...fold(row.description, columns),
    "",
    ...foldFacts(facts, columns).map((line, index) =>
      index === 0 ? paintedAs(row.state, line, style) : line,
    ),
    "",
    ...sectionLines(section, columns, style),
  ].join("\n");
}

/** In words, because an emulator cannot say. */
export function toldText({ isHeard }: { readonly isHeard: boolean | null }): string {
  if (isHeard === null) return "not known: there can be no alarm over others here";
  return isHeard ? "somebody is" : "nobody is";
}
