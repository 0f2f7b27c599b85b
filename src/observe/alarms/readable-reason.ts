import type { AlarmState } from "../../aws/index.ts";
import type { AlarmPlan } from "../../plan/index.ts";

/** Why an alarm is in its state, as CloudWatch's data say it: the figures that it looked at last. */
export interface AlarmReason {
  /** The oldest first; null where there was no figure. */
  readonly datapoints: readonly (number | null)[];
  readonly threshold: number;
}

/**
 * Reads an alarm's reason.
 *
 * @param reasonData JSON, as CloudWatch writes it
 * @returns nothing where it says something else, as it does where somebody has set the state by hand
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html (2026-11-27)
 */
export function parseReason(reasonData: string | null): AlarmReason | undefined {
  const { recentDatapoints, threshold } = Object(parsed(reasonData));
  if (!Array.isArray(recentDatapoints) || typeof threshold !== "number") return undefined;
  const datapoints = recentDatapoints.map((one) => (typeof one === "number" ? one : null));
  return { datapoints, threshold };
}

/** What stands behind a figure of an alarm. */
export const unitSuffixes: Readonly<Record<AlarmPlan["unit"], string>> = {
  percent: " %",
  milliseconds: " ms",
  count: "",
};

/** How an alarm's figures are written: what stands behind them, and on which side of the threshold they are bad. */
export type FigureForm = Pick<AlarmPlan, "unit" | "comparison">;

/** `12.5 %, then 3.1 %; fires above 1 %`, or what CloudWatch says where its data say nothing. */
export function readableReason(
  { reason, reasonData }: Pick<AlarmState, "reason" | "reasonData">,
  form: FigureForm,
): string {
  const data = parseReason(reasonData);
  return data === undefined ? statedReason(reason) : reasonText(data, form);
}

/** What CloudWatch says in its own words. */
export function statedReason(reason: string): string {
  return reason === "" ? "CloudWatch does not say why" : reason;
}

/** `12.5 %, then 3.1 %; fires above 1 %` */
export function reasonText(data: AlarmReason, { unit, comparison }: FigureForm): string {
  const texts = data.datapoints.map((one) => (one === null ? "nothing" : figure(one, unit)));
  const figures = texts.length === 0 ? "no figures" : texts.join(", then ");
  return `${figures}; fires ${side(comparison)} ${figure(data.threshold, unit)}`;
}

/** On which side of its threshold an alarm fires. */
export function side(comparison: AlarmPlan["comparison"]): "above" | "below" {
  return comparison === "LessThanThreshold" ? "below" : "above";
}

function figure(value: number, unit: AlarmPlan["unit"]): string {
  return `${Number(value.toPrecision(4))}${unitSuffixes[unit]}`;
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}
