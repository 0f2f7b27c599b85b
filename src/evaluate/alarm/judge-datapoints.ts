export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** What counts for a period that has no figure. */
export type MissingData = "missing" | "ignore" | "breaching" | "notBreaching";

export interface JudgementRule {
  /** How many datapoints are looked at: N. */
  readonly periods: number;
  /** How many of them have to be bad: M. */
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
}

export interface Judgement {
  readonly state: AlarmState;
  /** Where the datapoints are that were looked at, the oldest first; never more than N. */
  readonly judged: readonly number[];
  /** How many were missing, and counted as `missingData` says. */
  readonly filled: number;
  /** Whether it is in ALARM for one old datapoint, because nothing good came after it. */
  readonly isPremature: boolean;
}

/**
 * The state that datapoints put an alarm into: M of N, and what CloudWatch does where some are missing.
 *
 * It looks at more periods than N, and takes the latest N datapoints that are there. Where there are fewer,
 * it counts what is missing as `missingData` says, as few times as possible. With `missing` and `ignore`, one
 * bad datapoint that is at least M periods old is enough, if no good one came with it.
 *
 * @param breaching of each period that CloudWatch looks at, the oldest first, whether its figure is bad; undefined
 *   where there is none
 * @param current the state that the alarm is in
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (2026-11-27)
 */
export function judgeDatapoints(
  breaching: readonly (boolean | undefined)[],
  { periods, datapointsToAlarm, missingData }: JudgementRule,
  current: AlarmState,
): Judgement {
  const there = breaching.flatMap((bad, at) => (bad === undefined ? [] : [at]));
  const judged = there.slice(-periods);
  const filled = periods - judged.length;
  const bad = judged.filter((at) => breaching[at]).length;
  const is = (state: AlarmState, isPremature = false): Judgement => {
    return { state, judged, filled, isPremature };
  };
  const counted = bad + (missingData === "breaching" ? filled : 0);
  if (counted >= datapointsToAlarm) return is("ALARM");
  const isFilled = missingData === "breaching" || missingData === "notBreaching";
  // A good one among them, or enough of them: then nothing has to be known of those that are missing.
  if (filled === 0 || isFilled || bad < judged.length) return is("OK");
  if (missingData === "ignore") return is(current);
  const oldest = judged[0];
  const isOld = oldest !== undefined && breaching.length - oldest >= datapointsToAlarm;
  return isOld ? is("ALARM", true) : is("INSUFFICIENT_DATA");
}

/**
 * How many periods CloudWatch looks at. Its documentation says "more than N", and shows 5 for an N of 3; for
 * others it gives no number, and this takes two more for all.
 */
export function evaluationRange(periods: number): number {
  return periods + 2;
}
