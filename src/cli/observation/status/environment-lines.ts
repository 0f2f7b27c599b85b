import type { EnvironmentStatus, FunctionStatus } from "../../../observe/index.ts";
import {
  ageText,
  countText,
  millisecondsText,
  minuteText,
  nothing,
  percentText,
} from "../../layout/amount-text.ts";
import { fold, foldFacts } from "../../layout/fold.ts";
import type { Screen } from "../../layout/screen.ts";
import { sparkline } from "../../layout/sparkline.ts";
import { type Column, tableLines } from "../../layout/table.ts";
import type { Style } from "../../style.ts";
import { findingLines } from "./findings-text.ts";
import { callsText, painted, sinceText, spanText, stateText } from "./status-words.ts";

/** An environment whole: what is live, what callers met, each function, and what is wrong. */
export function environmentLines(
  service: string,
  status: EnvironmentStatus,
  screen: Screen,
  style: Style,
): string[] {
  const { columns } = screen;
  const head = `${service} in ${status.environment}: ${stateText(status)}`;
  const where = `${status.accountId} in ${status.region}, ${minuteText(status.at)} UTC, figures of ${spanText(status)}`;
  return [
    ...fold(head, columns).map((line) => painted(line, status, style)),
    ...fold(where, columns).map(style.dim),
    ...foldFacts(factsOf(status), columns),
    ...functionLines(status, screen, style),
    ...findingLines(status, columns, style),
  ];
}

function functionLines(status: EnvironmentStatus, screen: Screen, style: Style): string[] {
  if (status.functions.length === 0) return [];
  const table = functionColumns(status, screen, style);
  return ["", ...tableLines(status.functions, table, screen.columns, style)];
}

function functionColumns(
  status: EnvironmentStatus,
  { unicode }: Screen,
  style: Style,
): Column<FunctionStatus>[] {
  return [
    { title: "function", text: ({ key }) => key, isName: true },
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

/** What is to be said of an environment in a line each. */
function factsOf(status: EnvironmentStatus): (readonly [label: string, text: string])[] {
  if (status.unread.some(({ part }) => part === "environment")) return [["release", nothing]];
  const { api } = status;
  return [
    ["release", releaseText(status)],
    ["last", lastText(status)],
    ...(api === null ? [] : [["api", apiText(api)] as const]),
    ["alarms", alarmsText(status)],
    ...status.tables.flatMap((table) => [
      [
        "table",
        `${table.name}: ${throttledText(table.throttledRequests, status)}, ${backupText(table)}`,
      ] as const,
      ...(table.restored === null ? [] : [["restored", restoredText(table.restored)] as const]),
    ]),
  ];
}

function apiText({ requests, serverErrors, p99Milliseconds }: Api): string {
  if (requests === null) return "not called";
  return `${countText(requests)} requests, ${countText(serverErrors ?? 0)} answered 5xx, p99 ${millisecondsText(p99Milliseconds)}`;
}

type Api = NonNullable<EnvironmentStatus["api"]>;

function restoredText({ at, operation, to, backup, from }: Restored): string {
  // The end of an ARN: what comes before is the table's.
  const source =
    to === null
      ? `from the backup ${backup?.split("/").at(-1)}`
      : `as it was at ${minuteText(to)} UTC`;
  return `${source}, in use since ${minuteText(at)} UTC by operation ${operation}; ${from} is kept aside`;
}

type Restored = NonNullable<EnvironmentStatus["tables"][number]["restored"]>;

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
  return `${last.action} by ${who}, ${sinceText(last.at, at)}: ${last.outcome ?? "not ended"}`;
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
