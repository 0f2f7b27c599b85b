import { AlarmError } from "./alarm-error.ts";
import {
  type AlarmState,
  evaluationRange,
  type Judgement,
  type JudgementRule,
  judgeDatapoints,
} from "./judge-datapoints.ts";
import { type AlarmFigures, computeExpression } from "./maths/compute.ts";
import { parseExpression } from "./maths/parse.ts";
import type { Series } from "./series.ts";

/** CloudWatch's names of its comparisons with a number. */
export type Comparison =
  | "GreaterThanThreshold"
  | "GreaterThanOrEqualToThreshold"
  | "LessThanThreshold"
  | "LessThanOrEqualToThreshold";

/** A metric alarm, as far as its state depends on it. An `AlarmPlan` is one. */
export interface AlarmDefinition extends JudgementRule {
  readonly metrics: readonly { readonly id: string }[];
  /** Null where the alarm's only metric is what it watches. */
  readonly expression: string | null;
  readonly comparison: Comparison;
  readonly threshold: number;
}

export interface AlarmEvaluation extends Judgement {
  /** What was held against the threshold, for each period, the oldest first. */
  readonly figures: Series;
  /** Of the datapoints that were looked at, where the bad ones are. */
  readonly breaching: readonly number[];
}

/**
 * Reads an alarm, once for all its evaluations.
 *
 * @returns its evaluation of the figures of each metric; `current` is the state that it is in
 * @throws {AlarmError} ALARM_INVALID where CloudWatch would refuse it, or where it is not evaluated here
 */
export function prepareAlarm(
  alarm: AlarmDefinition,
): (figures: AlarmFigures, current?: AlarmState) => AlarmEvaluation {
  checkForm(alarm);
  const expression = parseExpression(alarm.expression ?? alarm.metrics[0]?.id ?? "");
  const isBad = comparisons[alarm.comparison];
  // What it does not understand is said now, and not when it matters.
  computeExpression(expression, Object.fromEntries(alarm.metrics.map(({ id }) => [id, [1]])));
  return (figures, current = "OK") => {
    const points = computeExpression(expression, figures);
    const bad = points.map((point) =>
      point === undefined ? undefined : isBad(point, alarm.threshold),
    );
    const judgement = judgeDatapoints(bad, alarm, current);
    return {
      ...judgement,
      figures: points,
      breaching: judgement.judged.filter((at) => bad[at]),
    };
  };
}

/** How many periods of figures an evaluation of the alarm wants. */
export function periodsWanted({ periods }: Pick<AlarmDefinition, "periods">): number {
  return evaluationRange(periods);
}

function checkForm({ metrics, expression, periods, datapointsToAlarm }: AlarmDefinition): void {
  if (!Number.isInteger(periods) || !Number.isInteger(datapointsToAlarm) || datapointsToAlarm < 1) {
    throw refusal(
      `${datapointsToAlarm} of ${periods} periods`,
      "Both are whole numbers from 1 on.",
    );
  }
  if (datapointsToAlarm > periods) {
    throw refusal(
      `${datapointsToAlarm} of ${periods} periods`,
      "No more of them can be bad than there are.",
    );
  }
  if (expression === null && metrics.length !== 1) {
    throw refusal(`${metrics.length} metrics`, "Without an expression an alarm has one.");
  }
}

function refusal(at: string, message: string): AlarmError {
  return new AlarmError(at, message, "correct the alarm");
}

const comparisons: Readonly<Record<Comparison, (figure: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (figure, threshold) => figure > threshold,
  GreaterThanOrEqualToThreshold: (figure, threshold) => figure >= threshold,
  LessThanThreshold: (figure, threshold) => figure < threshold,
  LessThanOrEqualToThreshold: (figure, threshold) => figure <= threshold,
};
