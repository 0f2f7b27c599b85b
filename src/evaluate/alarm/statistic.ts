import { AlarmError } from "./alarm-error.ts";

/**
 * What CloudWatch makes of the values of a period; undefined where there are none. A percentile is between
 * two of the values where none of them is at its place: CloudWatch's own way is not documented.
 *
 * @param name `Sum`, `Average`, `Maximum`, `Minimum`, `SampleCount`, or a percentile such as `p99`
 * @throws {AlarmError} ALARM_INVALID at any other name
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html (2026-11-27)
 */
export function statisticOf(name: string, values: readonly number[]): number | undefined {
  const work = Object.hasOwn(statistics, name) ? statistics[name] : percentileCalled(name);
  if (work === undefined) {
    throw new AlarmError(name, `The statistic ${name} is not evaluated here.`, known);
  }
  return values.length === 0 ? undefined : work(values);
}

type Statistic = (values: readonly number[]) => number;

const known = "use Sum, Average, Maximum, Minimum, SampleCount or a percentile such as p99";

const sum: Statistic = (values) => values.reduce((total, value) => total + value, 0);

const statistics: Readonly<Record<string, Statistic>> = {
  Sum: sum,
  Average: (values) => sum(values) / values.length,
  Maximum: (values) => values.reduce((a, b) => Math.max(a, b)),
  Minimum: (values) => values.reduce((a, b) => Math.min(a, b)),
  SampleCount: ({ length }) => length,
};

/** From `p0` to `p100`, with up to two digits behind the point. */
function percentileCalled(name: string): Statistic | undefined {
  const [, percent] = /^p(100|\d{1,2}(?:\.\d{1,2})?)$/.exec(name) ?? [];
  if (percent === undefined) return undefined;
  return (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    const place = (Number(percent) / 100) * (sorted.length - 1);
    const below = sorted[Math.floor(place)] as number;
    const above = sorted[Math.ceil(place)] as number;
    return below + (above - below) * (place - Math.floor(place));
  };
}
