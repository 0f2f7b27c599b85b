import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { seriesOf } from "./datums.ts";
import { type Figure, metricMaths } from "./metric-maths.ts";
import { statistic } from "./statistic.ts";

/** An alarm, ready to be judged. */
export interface PreparedAlarm {
  readonly name: string;
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly periods: number;
  /** What is held against the threshold. @param valuesOf the values of a series in the period */
  figure(valuesOf: (series: string) => readonly number[]): Figure;
}

/**
 * Reads an alarm as `terraform/modules/alarms` makes them.
 *
 * @throws {Error} where it is of another kind
 */
export function prepareAlarm(alarm: MetricAlarm): PreparedAlarm {
  const { AlarmName: name = "", Metrics = [], Threshold, EvaluationPeriods: periods = 1 } = alarm;
  const refuse = (what: string): never => {
    throw new Error(`${name} is not judged here: ${what}`);
  };
  if (alarm.ComparisonOperator !== "GreaterThanThreshold") refuse(`${alarm.ComparisonOperator}`);
  if (alarm.TreatMissingData !== "notBreaching")
    refuse(`missing data is ${alarm.TreatMissingData}`);
  if ((alarm.DatapointsToAlarm ?? periods) !== periods) refuse("not all periods have to be bad");
  const metrics = Metrics.filter(({ MetricStat }) => MetricStat !== undefined).map(
    ({ Id = "", MetricStat: { Metric, Period = 0, Stat = "" } = {} }) => ({
      id: Id,
      periodSeconds: Period,
      stat: Stat,
      series: seriesOf({
        namespace: Metric?.Namespace ?? "",
        name: Metric?.MetricName ?? "",
        dimensions: Object.fromEntries(
          (Metric?.Dimensions ?? []).map(({ Name = "", Value = "" }) => [Name, Value]),
        ),
      }),
    }),
  );
  const [periodSeconds, ...others] = new Set(metrics.map((metric) => metric.periodSeconds));
  if (periodSeconds === undefined || others.length > 0) return refuse("not one period");
  const results = Metrics.filter(({ ReturnData }) => ReturnData);
  const [result] = results;
  if (result === undefined || results.length > 1) return refuse(`${results.length} results`);
  const compute = metricMaths(result.Expression ?? result.Id ?? "");
  return {
    name,
    threshold: Threshold ?? refuse("no threshold"),
    periodSeconds,
    periods,
    figure: (valuesOf) =>
      compute(
        Object.fromEntries(
          metrics.map(({ id, stat, series }) => [id, statistic(stat, valuesOf(series))]),
        ),
      ),
  };
}
