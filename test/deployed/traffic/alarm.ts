import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { seriesOf } from "../../../src/emulator/figures/datums.ts";
import {
  type AlarmDefinition,
  type AlarmEvaluation,
  type AlarmState,
  type Comparison,
  type MissingData,
  periodsWanted,
  prepareAlarm,
  statisticOf,
} from "../../../src/evaluate/index.ts";

/** An alarm of an account, ready to be judged. */
export interface JudgedAlarm extends AlarmDefinition {
  readonly name: string;
  readonly periodSeconds: number;
  /** How many periods of values it wants. */
  readonly wanted: number;
  /** @param valuesOf the values of a series in a period, by the period's place: 0 is the oldest */
  judge(
    valuesOf: (series: string, place: number) => readonly number[],
    current: AlarmState,
  ): AlarmEvaluation;
}

/**
 * Reads an alarm as CloudWatch describes it.
 *
 * @throws {Error} where it is none over metrics of one period, or has maths that are not evaluated
 */
export function readAlarm(alarm: MetricAlarm): JudgedAlarm {
  const { AlarmName: name = "", Metrics = [], EvaluationPeriods: periods = 1 } = alarm;
  const refuse = (what: string): never => {
    throw new Error(`${name} is not judged here: ${what}`);
  };
  const metrics = Metrics.filter(({ MetricStat }) => MetricStat !== undefined).map(
    ({ Id = "", MetricStat: { Metric, Period = 0, Stat = "" } = {} }) => ({
      id: Id,
      periodSeconds: Period,
      statistic: Stat,
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
  const definition: AlarmDefinition = {
    metrics,
    expression: result.Expression ?? result.Id ?? null,
    comparison: alarm.ComparisonOperator as Comparison,
    threshold: alarm.Threshold ?? refuse("no threshold"),
    periods,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? periods,
    missingData: (alarm.TreatMissingData ?? "missing") as MissingData,
  };
  const evaluate = prepareAlarm(definition);
  const wanted = periodsWanted(definition);
  const places = Array.from({ length: wanted }, (_, place) => place);
  return {
    ...definition,
    name,
    periodSeconds,
    wanted,
    judge: (valuesOf, current) =>
      evaluate(
        Object.fromEntries(
          metrics.map(({ id, statistic, series }) => [
            id,
            places.map((place) => statisticOf(statistic, valuesOf(series, place))),
          ]),
        ),
        current,
      ),
  };
}
