import type { AlarmDefinition, AlarmEvaluation, Comparison } from "./alarm.ts";
import type { MissingData } from "./judge-datapoints.ts";

type Limits = Pick<
  AlarmDefinition,
  "comparison" | "threshold" | "periods" | "datapointsToAlarm" | "missingData"
>;

/**
 * Why an alarm is in a state, in the words that CloudWatch has for it.
 *
 * @param startOf when a period began, in epoch milliseconds, by its place among the figures
 */
export function stateReason(
  { comparison, threshold, periods, datapointsToAlarm, missingData }: Limits,
  { state, figures, judged, breaching, filled }: AlarmEvaluation,
  startOf: (at: number) => number,
): string {
  if (judged.length === 0) {
    const missing = `${periods} missing ${plural("datapoint", periods)} ${were(periods)} treated as [${treatments[missingData]}]`;
    return `Threshold Crossed: no datapoints were received for ${periods} ${plural("period", periods)} and ${missing}.`;
  }
  const isBad = state === "ALARM";
  const shown = isBad ? breaching : judged.filter((at) => !breaching.includes(at));
  const listed = (shown.length === 0 ? judged : shown)
    .map((at) => `${decimal(figures[at] ?? 0)} (${time(startOf(at))})`)
    .reverse();
  const needed = isBad ? datapointsToAlarm : periods - datapointsToAlarm + 1;
  const compared = `${isBad ? "" : "not "}${words[comparison]} the threshold (${decimal(threshold)})`;
  const filling =
    filled === 0
      ? ""
      : ` and ${filled} missing ${plural("datapoint", filled)} ${were(filled)} treated as [${treatments[missingData]}]`;
  return `Threshold Crossed: ${listed.length} out of the last ${periods} datapoints [${listed.join(", ")}] ${were(listed.length)} ${compared}${filling} (minimum ${needed} ${plural("datapoint", needed)} for ${isBad ? "OK -> ALARM" : "ALARM -> OK"} transition).`;
}

const words: Readonly<Record<Comparison, string>> = {
  GreaterThanThreshold: "greater than",
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
};

const treatments: Readonly<Record<MissingData, string>> = {
  missing: "Missing",
  ignore: "Ignore",
  breaching: "Breaching",
  notBreaching: "NonBreaching",
};

function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`;
}

function were(count: number): string {
  return count === 1 ? "was" : "were";
}

/** A whole number has a digit behind the point, too. */
function decimal(figure: number): string {
  return Number.isInteger(figure) ? figure.toFixed(1) : String(figure);
}

/** `26/11/26 23:50:00` */
function time(at: number): string {
  const [date = "", clock = ""] = new Date(at).toISOString().split("T");
  const [year = "", month, day] = date.split("-");
  return `${day}/${month}/${year.slice(2)} ${clock.slice(0, 8)}`;
}
