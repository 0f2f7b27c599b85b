import type { MetricsAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import {
  choosePeriod,
  findFunction,
  readFigures,
  selectFigures,
  smallestPeriod,
  type TimeWindow,
  windowOf,
} from "../../observe/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input } from "../command.ts";
import { openObserved } from "../observation/access/observed.ts";
import { withOwnTables } from "../observation/access/own-tables.ts";
import { profileOptions } from "../observation/access/profiles.ts";
import { metricsText } from "../observation/metrics/metrics-text.ts";
import {
  readStretch,
  requireNone,
  sinceOption,
  untilOption,
} from "../observation/window/time-options.ts";

export const metrics: Command = {
  name: "metrics",
  summary: "figures of functions, routes, API and tables over time",
  description:
    "A line for each figure: how it went, its last value, and all of them together (the sum, or the highest). Without arguments for the whole service; with functions, by key or name, for these. --metric takes one of the names that the table shows, one of those that functions count themselves, or any other of AWS with its namespace. The period follows from the time that is looked at, from how wide the terminal is, and from how long CloudWatch keeps what: minutes for 15 days, five minutes for 63, hours for 455. Where nothing was reported stands a dot, and no 0. Changes nothing.",
  examples: [
    "lambdakit metrics",
    "lambdakit metrics list get --env prod --since 24h",
    "lambdakit metrics --metric Duration --statistic p50",
    "lambdakit metrics --by route --since 7d",
    "lambdakit metrics --metric AWS/Lambda:IteratorAge --json",
  ],
  options: {
    env: {
      type: "choice",
      choices: environmentNames,
      description: "the environment",
      default: "dev",
    },
    ...profileOptions,
    metric: { type: "text", placeholder: "NAME", description: "one figure, not the main ones" },
    by: {
      type: "choice",
      choices: ["function", "route"],
      description: "whose",
      default: "function",
    },
    statistic: {
      type: "text",
      placeholder: "NAME",
      description: "Sum, Average, Minimum, Maximum, SampleCount, or a percentile such as p99.9",
    },
    since: { ...sinceOption, default: "3h" },
    until: untilOption,
    period: { type: "integer", placeholder: "SECONDS", description: "a multiple of 60" },
  },
  arguments: ["FUNCTION..."],

  async run(input, { terminal }) {
    const { from, to, periodSeconds } = windowIn(input, terminal.columns);
    const statistic = statisticOf(input);
    const { service, access, ...observed } = await openObserved(input);
    const plan = await withOwnTables(observed.plan, access, terminal);
    const functions =
      input.arguments.length === 0 ? null : input.arguments.map((name) => findFunction(plan, name));
    const selected = selectFigures(plan, {
      functions,
      metric: input.text("metric") ?? null,
      byRoute: input.text("by") === "route",
      statistic,
    });
    const window = windowOf(from, to, periodSeconds);
    const figures = await readFigures(selected, window, plan.region, access);
    const { environment } = plan;
    terminal.out(
      input.flag("json")
        ? answerJson<MetricsAnswer>({
            service: plan.service,
            environment,
            window: inJson(window),
            figures,
          })
        : metricsText(`${service.manifest.name} in ${environment}`, figures, window, terminal),
    );
    return exitCodes.ok;
  },
};

function inJson({ from, to, periodSeconds }: TimeWindow): MetricsAnswer["window"] {
  return { from: from.toISOString(), to: to.toISOString(), periodSeconds };
}

/** Beside a line of figures stand names and numbers. */
const columnsBeside = 44;

function windowIn(input: Input, columns: number): TimeWindow {
  const now = new Date();
  const { mistakes, ...stretch } = readStretch(input, "3h", now.getTime());
  requireNone(mistakes);
  const from = new Date(stretch.from);
  const to = new Date(stretch.to ?? now);
  const smallest = smallestPeriod(from, now);
  if (smallest === undefined) {
    throw new LambdakitError("CLI_BAD_VALUE", {
      message: `CloudWatch keeps figures for 455 days, and ${input.text("since")} is before that.`,
      fix: "write --since 455d, or less",
      at: "--since",
    });
  }
  const seconds = (to.getTime() - from.getTime()) / 1000;
  const most = Math.min(60, Math.max(12, columns - columnsBeside));
  const periodSeconds = input.integer("period") ?? choosePeriod(seconds, most, smallest);
  requirePeriod(periodSeconds, smallest, seconds);
  return { from, to, periodSeconds };
}

/** A day in minutes. More is for no eye, and each figure is paid for. */
const mostPeriods = 1_440;

function requirePeriod(period: number, smallest: number, seconds: number): void {
  const isKept = period > 0 && period % smallest === 0;
  const fewest = Math.ceil(seconds / mostPeriods / smallest) * smallest;
  if (isKept && period >= fewest) return;
  const why = isKept
    ? `are ${Math.ceil(seconds / period)} periods, and ${mostPeriods} are the most`
    : `is no multiple of ${smallest}, which CloudWatch has of that time`;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--period ${period} ${why}.`,
    fix: `write --period ${Math.max(fewest, smallest)}`,
    at: "--period",
  });
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html (2026-11-27) */
function statisticOf(input: Input): string | null {
  const text = input.text("statistic");
  if (text === undefined) return null;
  const simple = ["Sum", "Average", "Minimum", "Maximum", "SampleCount"];
  const found = simple.find((one) => one.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  if (/^p(\d{1,2}(\.\d{1,10})?|100)$/.test(text)) return text;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--statistic is "${text}", and has to be ${simple.join(", ")}, or a percentile.`,
    fix: "write --statistic p99",
    at: "--statistic",
  });
}
