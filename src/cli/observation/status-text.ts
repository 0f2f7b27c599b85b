import type { EnvironmentStatus, FunctionStatus } from "../../observe/index.ts";
import type { Terminal } from "../../system/index.ts";
import { createStyle, type Style } from "../style.ts";
import {
  ageText,
  countText,
  lengthText,
  millisecondsText,
  minuteText,
  nothing,
  percentText,
} from "./amounts.ts";
import { findingLines } from "./findings-text.ts";
import { fold, foldBehind } from "./fold.ts";
import { sparkline } from "./sparkline.ts";
import { type Column, tableText } from "./table-text.ts";

/** How a status is shown: as wide as the terminal, in what it can show. */
export type Screen = Pick<Terminal, "columns" | "unicode" | "color">;

/** One environment whole, or several beside each other where there is room, and below that what is wrong. */
export function statusText(
  service: string,
  environments: readonly EnvironmentStatus[],
  screen: Screen,
): string {
  const style = createStyle(screen.color);
  const [only] = environments;
  const lines =
    only !== undefined && environments.length === 1
      ? environmentLines(service, only, screen, style)
      : (besideEachOther(service, environments, screen, style) ??
        environments.flatMap((one, index) => [
          ...(index === 0 ? [] : [""]),
          ...environmentLines(service, one, screen, style),
        ]));
  return lines.join("\n");
}

function environmentLines(
  service: string,
  status: EnvironmentStatus,
  screen: Screen,
  style: Style,
): string[] {
  const { columns } = screen;
  const head = `${service} in ${status.environment}: ${stateText(status)}`;
  const where = `${status.accountId} in ${status.region}, ${minuteText(status.at)} UTC, figures of ${spanText(status)}`;
  const facts = factsOf(status);
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  return [
    ...fold(head, columns).map((line) => painted(line, status, style)),
    ...fold(where, columns).map(style.dim),
    ...facts.flatMap(([label, text]) => foldBehind(label.padEnd(width), text, columns)),
    ...functionLines(status, screen, style),
    ...findingLines(status, columns, style),
  ];
}

function functionLines(status: EnvironmentStatus, screen: Screen, style: Style): string[] {
  if (status.functions.length === 0) return [];
  const table = functionColumns(status, screen, style);
  return ["", ...tableText(status.functions, table, screen.columns)];
}

function functionColumns(
  status: EnvironmentStatus,
  { unicode }: Screen,
  style: Style,
): Column<FunctionStatus>[] {
  return [
    { title: "function", text: ({ key }) => key },
    { title: "version", text: versionText, spare: 3 },
    {
      title: "over time",
      text: ({ series }) => sparkline(series.invocations, 24, unicode),
      spare: 4,
    },
    { title: "calls", text: ({ invocations }) => callsText(invocations, status), align: "right" },
    {
      title: "errors",
      text: ({ errorPercent }) => percentText(errorPercent),
      align: "right",
      paint: (text, { errors }) => ((errors ?? 0) > 0 ? style.yellow(text) : text),
    },
    {
      title: "p50",
      text: ({ p50Milliseconds }) => millisecondsText(p50Milliseconds),
      align: "right",
      spare: 5,
    },
    {
      title: "p99",
      text: ({ p99Milliseconds }) => millisecondsText(p99Milliseconds),
      align: "right",
      spare: 1,
    },
    {
      title: "throttled",
      text: ({ throttles }) => countText(throttles),
      align: "right",
      spare: 2,
      paint: (text, { throttles }) => ((throttles ?? 0) > 0 ? style.yellow(text) : text),
    },
    { title: "cold", text: ({ coldStarts }) => countText(coldStarts), align: "right", spare: 6 },
    {
      title: "at once",
      text: ({ concurrency }) => countText(concurrency),
      align: "right",
      spare: 7,
    },
  ];
}

function versionText({ version, canary }: FunctionStatus): string {
  if (version === null) return nothing;
  return canary === null ? version : `${version}, ${canary.percent} % ${canary.version}`;
}

/** Who was not called has no share of errors, and no latency. */
function callsText(calls: number | null, { unread }: EnvironmentStatus): string {
  const isKnown = !unread.some(({ part }) => part === "figures");
  return calls === null && isKnown ? "none" : countText(calls);
}

/** What is to be said of an environment in a line each. */
function factsOf(status: EnvironmentStatus): (readonly [label: string, text: string])[] {
  if (status.unread.some(({ part }) => part === "environment")) return [["release", nothing]];
  const { api } = status;
  return [
    ["release", releaseText(status)],
    ["last", lastText(status)],
    ...(api === null ? [] : [["api", apiText(api)] as const]),
    ["alarms", alarmsText(status)],
    ...status.tables.map(
      (table) =>
        [
          "table",
          `${table.name}: ${throttledText(table.throttledRequests, status)}, ${backupText(table)}`,
        ] as const,
    ),
  ];
}

function apiText({ requests, serverErrors, p99Milliseconds }: Api): string {
  if (requests === null) return "not called";
  return `${countText(requests)} requests, ${countText(serverErrors ?? 0)} answered 5xx, p99 ${millisecondsText(p99Milliseconds)}`;
}

type Api = NonNullable<EnvironmentStatus["api"]>;

/** DynamoDB reports only what has happened. */
function throttledText(requests: number | null, { unread }: EnvironmentStatus): string {
  if (unread.some(({ part }) => part === "figures")) return "throttling unknown";
  return `${requests === null ? "none" : countText(requests)} throttled`;
}

function releaseText({ release }: EnvironmentStatus): string {
  if (release === null) return "none";
  const commit = release.commit === null ? "" : ` of ${release.commit.slice(0, 7)}`;
  return `${release.id}${commit}, ${release.standing.replace("-", " ")}`;
}

function lastText({ lastOperation: last, at }: EnvironmentStatus): string {
  if (last === null) return "nothing was done yet";
  const who = last.run === null ? `${last.user} on ${last.host}` : `${last.user} in ${last.run}`;
  return `${last.action} by ${who}, ${agoText(last.at, at)}: ${last.outcome ?? "not ended"}`;
}

function alarmsText({ alarms, unread }: EnvironmentStatus): string {
  if (unread.some(({ part }) => part === "alarms")) return "unknown";
  const count = (state: string) => alarms.filter((one) => one.state === state).length;
  const parts = [
    [count("ALARM"), "firing"],
    [count("OK"), "ok"],
    [count("INSUFFICIENT_DATA"), "without data yet"],
    [count("missing"), "missing"],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return said.length === 0 ? "none" : said.join(", ");
}

function backupText({
  backup,
  rpoMinutes,
}: Pick<EnvironmentStatus["tables"][number], "backup" | "rpoMinutes">): string {
  const promised = `RPO ${rpoMinutes} min`;
  if (backup === null) return `no backup (${promised})`;
  const age = ageText(backup.ageMinutes);
  return `restorable to ${age === "now" ? age : `${age} ago`} (${promised})`;
}

function agoText(then: string, now: string): string {
  const age = ageText(Math.max(0, (Date.parse(now) - Date.parse(then)) / 60_000));
  return age === "now" ? "just now" : `${age} ago`;
}

function spanText({ window }: EnvironmentStatus): string {
  const seconds = (Date.parse(window.to) - Date.parse(window.from)) / 1000;
  // The window begins with a full period, up to one before what was asked for.
  const whole = Math.floor(seconds / window.periodSeconds) * window.periodSeconds;
  return `the last ${lengthText(Math.max(whole, window.periodSeconds))}`;
}

function stateText({ state, findings }: EnvironmentStatus): string {
  const many = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  return state === "wrong" ? `wrong, ${many}` : state;
}

function painted(text: string, { state }: EnvironmentStatus, style: Style): string {
  if (state === "healthy") return style.green(text);
  return state === "wrong" ? style.red(text) : style.yellow(text);
}

interface Row {
  readonly label: string;
  readonly text: (status: EnvironmentStatus) => string;
}

/** A column for each environment; nothing where the terminal has no room for them. */
function besideEachOther(
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
  const tableIn = (look: Style) =>
    tableText(
      rows,
      [
        { title: service, text: ({ label }) => label },
        ...environments.map((status) => ({
          title: status.environment,
          text: ({ text }: Row) => text(status),
          paint: (text: string, { label }: Row) =>
            label === "state" ? painted(text, status, look) : text,
        })),
      ],
      Number.POSITIVE_INFINITY,
    );
  if (tableIn(createStyle(false)).some((line) => line.length > columns)) return undefined;
  const [first] = environments;
  const about =
    first === undefined
      ? []
      : fold(
          `Functions: calls, errors, p99; figures of ${spanText(first)}, ${minuteText(first.at)} UTC`,
          columns,
        );
  return [
    ...tableIn(style),
    "",
    ...about.map(style.dim),
    ...environments.flatMap((one) => findingLines(one, columns, style, one.environment)),
  ];
}

function shortLast({ lastOperation: last, at }: EnvironmentStatus): string {
  return last === null ? nothing : `${last.action}, ${agoText(last.at, at)}`;
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
  const age = ageText(oldest);
  return age === "now" ? "just now" : `${age} ago`;
}

function shortFunction(status: EnvironmentStatus, key: string): string {
  const found = status.functions.find((one) => one.key === key);
  if (found === undefined) return nothing;
  const { invocations, errorPercent, p99Milliseconds } = found;
  if (invocations === null) return callsText(null, status);
  return `${countText(invocations)}, ${percentText(errorPercent)}, ${millisecondsText(p99Milliseconds)}`;
}
