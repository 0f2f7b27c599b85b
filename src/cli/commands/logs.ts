import { exitCodes } from "../../errors/index.ts";
import {
  type LogLine,
  levelNames,
  type Notice,
  openLogs,
  readLogs,
  runQuery,
  systemClock,
  timeOfAws,
} from "../../observe/index.ts";
import type { Command, World } from "../command.ts";
import { targetOptions } from "../deployment/target.ts";
import { bytesText } from "../layout/amount-text.ts";
import { type Observed, openObserved } from "../observation/access/observed.ts";
import { profileOptions } from "../observation/access/profiles.ts";
import { isShown, logLineJson, logLineText, timeText } from "../observation/logs/log-line-text.ts";
import { type LogsOptions, readLogsOptions } from "../observation/logs/logs-options.ts";
import { noticeText } from "../observation/logs/notice-text.ts";
import { queryJson, queryText, statisticsText } from "../observation/logs/query-text.ts";
import { wantedLines } from "../observation/logs/wanted-lines.ts";
import { sinceOption, untilOption } from "../observation/window/time-options.ts";
import { createStyle } from "../style.ts";

export const logs: Command = {
  name: "logs",
  summary: "what functions have written, merged by time, or as it comes",
  description:
    "Shows the log lines of a service's functions and of its API (api), in order of time, in UTC. Without names those of all. --follow goes on until Ctrl-C: no line is left out or shown twice that CloudWatch has within two minutes. --filter takes a text, or conditions on the fields of JSON lines, such as http_status>=500 level>=warn error.name=TypeError. --request-id finds all lines of a request, by Lambda's id, API Gateway's or a correlation id. --insights runs a query of CloudWatch Logs Insights, which AWS bills by what it scans; reading lines is free. Changes nothing.",
  examples: [
    "lambdakit logs",
    "lambdakit logs create update --env sit --since 2h --level error",
    "lambdakit logs --follow --filter 'http_status>=500'",
    "lambdakit logs --env prod --request-id 7c0e4b6e-9d5f-4f58-a2c1-1f2d3e4a5b6c",
    "lambdakit logs --release 3f9c2a1b7d4e --json",
    'lambdakit logs --since 1d --insights "stats count(*) by http_route"',
  ],
  options: {
    ...targetOptions,
    ...profileOptions,
    follow: {
      type: "flag",
      short: "f",
      description: "go on with what comes, until Ctrl-C; -f is the same",
    },
    since: {
      ...sinceOption,
      description: `${sinceOption.description}; left out, 15m, and 24h with --request-id`,
    },
    until: untilOption,
    filter: {
      type: "text",
      placeholder: "TEXT",
      description: "only lines with this text, or with these fields: name=value, name>=value",
    },
    level: {
      type: "choice",
      choices: levelNames.map((name) => name.toLowerCase()),
      description: "only lines of this level, and of more urgent ones",
    },
    "request-id": {
      type: "text",
      placeholder: "ID",
      description: "only the lines of one request, of all functions",
    },
    release: {
      type: "text",
      placeholder: "ID",
      description: "only lines of this release's versions; the id may be cut short",
    },
    limit: {
      type: "integer",
      placeholder: "N",
      description: "of the lines that are there, the newest N",
    },
    insights: {
      type: "text",
      placeholder: "QUERY",
      description: "run this query instead, and show its rows",
    },
  },
  arguments: ["FUNCTION..."],

  async run(input, world) {
    const { interrupted } = world;
    // Whatever is written wrongly is said before AWS is asked.
    const observed = await openObserved(input, (plan) => {
      readLogsOptions(input, plan, timeOfAws());
    });
    // And read again: by now AWS has said what time it is.
    const options = readLogsOptions(input, observed.plan, timeOfAws());
    const isJson = input.flag("json");
    const done = options.insights === undefined ? showLines : showQuery;
    await done(options, observed, isJson, world);
    // Ctrl-C has a name; whoever reads and has enough, as `head` does, is no failure.
    return typeof interrupted.reason === "string" ? exitCodes.interrupted : exitCodes.ok;
  },
};

async function showLines(
  options: LogsOptions,
  observed: Observed,
  isJson: boolean,
  { terminal, interrupted }: World,
): Promise<void> {
  const { groups: source } = openLogs(observed.plan.region, observed.access);
  const style = createStyle(terminal.color);
  const reading = {
    ...options,
    source,
    clock: systemClock,
    signal: interrupted,
    notice: (notice: Notice) => terminal.err(noticeText(notice, style)),
  };
  const { keep, pattern } = await wantedLines(options, observed, reading);
  const look = {
    style,
    now: source.now(),
    keyColumns: Math.max(...options.groups.map(({ key }) => key.length)),
  };
  let count = 0;
  const isWanted = (line: LogLine) => keep(line) && (isJson || isShown(line));
  for await (const { lines } of readLogs({ ...reading, pattern, keep: isWanted })) {
    count += lines.length;
    const texts = lines.map((line) => (isJson ? logLineJson(line) : logLineText(line, look)));
    terminal.out(texts.join("\n"));
  }
  if (count === 0 && !interrupted.aborted) {
    terminal.err(`No such lines since ${timeText(options.from, look.now)}.`);
  }
}

async function showQuery(
  { insights = "", groups, from, to }: LogsOptions,
  { plan, access }: Observed,
  isJson: boolean,
  { terminal, interrupted }: World,
): Promise<void> {
  const style = createStyle(terminal.color);
  const { queries } = openLogs(plan.region, access);
  const query = {
    groups: groups.map(({ name }) => name),
    query: insights,
    from,
    to: to ?? timeOfAws(),
  };
  const answer = await runQuery(query, queries, systemClock, interrupted, (state) => {
    const { recordsScanned = 0, bytesScanned = 0 } = state.statistics ?? {};
    terminal.err(
      style.dim(`${state.status}: ${recordsScanned} lines, ${bytesText(bytesScanned)} scanned`),
    );
  });
  if (answer === undefined) return;
  const statistics = statisticsText(answer);
  if (isJson) terminal.out(queryJson(answer));
  else if (answer.found.length > 0)
    terminal.out(
      queryText(answer, terminal.isScreen ? terminal.columns : Number.POSITIVE_INFINITY, style),
    );
  else terminal.err("The query has found nothing.");
  if (statistics !== undefined) terminal.err(statistics);
}
