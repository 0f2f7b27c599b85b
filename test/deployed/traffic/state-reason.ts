import type { PreparedAlarm } from "./alarm.ts";
import type { Figure } from "./metric-maths.ts";

/** A figure, and when its period began: epoch milliseconds. */
export interface Datapoint {
  readonly at: number;
  readonly figure: Figure;
}

/**
 * Why an alarm is in a state, in CloudWatch's words.
 *
 * @param datapoints of each period, the latest first
 */
export function stateReason(
  { threshold, periods }: Pick<PreparedAlarm, "threshold" | "periods">,
  datapoints: readonly Datapoint[],
  isBad: boolean,
): string {
  const there = datapoints.filter(({ figure }) => figure !== undefined);
  if (there.length === 0) {
    const missing = `${periods} missing ${plural("datapoint", periods)} ${were(periods)} treated as [NonBreaching]`;
    return `Threshold Crossed: no datapoints were received for ${periods} ${plural("period", periods)} and ${missing}.`;
  }
  const listed = there.map(({ at, figure }) => `${decimal(figure as number)} (${time(at)})`);
  const transition = isBad ? `OK -> ALARM` : `ALARM -> OK`;
  const needed = isBad ? periods : 1;
  const compared = `${isBad ? "" : "not "}greater than the threshold (${decimal(threshold)})`;
  return `Threshold Crossed: ${there.length} out of the last ${periods} datapoints [${listed.join(", ")}] ${were(there.length)} ${compared} (minimum ${needed} ${plural("datapoint", needed)} for ${transition} transition).`;
}

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
