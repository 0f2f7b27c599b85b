import type { EnvironmentStatus } from "../../../observe/index.ts";
import {
  agoText,
  countText,
  millisecondsText,
  minuteText,
  nothing,
  percentText,
} from "../../layout/amount-text.ts";
import { fold } from "../../layout/fold.ts";
import type { Screen } from "../../layout/screen.ts";
import { type Column, tableLines, tableWidth } from "../../layout/table.ts";
import type { Style } from "../../style.ts";
import { findingLines } from "./findings-text.ts";
import { callsText, painted, sinceText, spanText, stateText } from "./status-words.ts";

interface Row {
  readonly label: string;
  readonly text: (status: EnvironmentStatus) => string;
}

/** A column for each environment; nothing where the terminal has no room for them. */
export function besideEachOther(
  service: string,
  environments: readonly EnvironmentStatus[],
  { columns }: Screen,
  style: Style,
): string[] | undefined {
  const keys = [
    ...new Set(environments.flatMap(({ functions }) => functions.map(({ key }) => key))),
  ];
  const known = (text: Row["text"]) => (status: EnvironmentStatus) =>
    status.unread.some(({ part }) => part === "environment") ? nothing : text(status);
  const rows: readonly Row[] = [
    { label: "state", text: stateText },
    { label: "release", text: known(({ release }) => release?.id ?? "none") },
    { label: "last", text: known(shortLast) },
    {
      label: "api",
      text: known((status) =>
        status.api === null ? nothing : callsText(status.api.requests, status),
      ),
    },
    { label: "  5xx", text: known(({ api }) => countText(api?.serverErrors ?? null)) },
    { label: "  p99", text: known(({ api }) => millisecondsText(api?.p99Milliseconds ?? null)) },
    { label: "alarms", text: known(shortAlarms) },
    { label: "backup", text: known(oldestBackup) },
    ...keys.map((key) => ({
      label: key,
      text: (status: EnvironmentStatus) => shortFunction(status, key),
    })),
  ];
  const table: readonly Column<Row>[] = [
    { title: service, text: ({ label }) => label },
    ...environments.map(
      (status): Column<Row> => ({
        title: status.environment,
        text: ({ text }) => text(status),
        paint: (text, { label }) => (label === "state" ? painted(text, status, style) : text),
      }),
    ),
  ];
  if (tableWidth(rows, table) > columns) return undefined;
  const [first] = environments;
  const about =
    first === undefined
      ? []
      : fold(
          `Functions: calls, errors, p99; figures of ${spanText(first)}, ${minuteText(first.at)} UTC`,
          columns,
        );
  return [
    ...tableLines(rows, table, columns, style),
    "",
    ...about.map(style.dim),
    ...environments.flatMap((one) => findingLines(one, columns, style, one.environment)),
  ];
}

function shortLast({ lastOperation: last, at }: EnvironmentStatus): string {
  return last === null ? nothing : `${last.action}, ${sinceText(last.at, at)}`;
}

function shortAlarms({ alarms, unread }: EnvironmentStatus): string {
  if (unread.some(({ part }) => part === "alarms")) return "unknown";
  const firing = alarms.filter(({ state }) => state === "ALARM").length;
  return firing === 0 ? `${alarms.length}, none fires` : `${firing} of ${alarms.length} firing`;
}

function oldestBackup({ tables }: EnvironmentStatus): string {
  if (tables.length === 0) return nothing;
  if (tables.some(({ backup }) => backup === null)) return "none";
  const oldest = Math.max(...tables.map(({ backup }) => backup?.ageMinutes ?? 0));
  return agoText(oldest);
}

function shortFunction(status: EnvironmentStatus, key: string): string {
  const found = status.functions.find((one) => one.key === key);
  if (found === undefined) return nothing;
  const { invocations, errorPercent, p99Milliseconds } = found;
  if (invocations === null) return callsText(null, status);
  return `${countText(invocations)}, ${percentText(errorPercent)}, ${millisecondsText(p99Milliseconds)}`;
}
