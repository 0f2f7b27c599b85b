import type { AlarmPlan, MetricPlan } from "../types.ts";

/** The parts of an alarm that say when it fires. */
type Shape = Pick<
  AlarmPlan,
  "metrics" | "expression" | "comparison" | "threshold" | "unit" | "minimumCount"
>;

type Window = Pick<AlarmPlan, "periodSeconds" | "periods" | "datapointsToAlarm" | "missingData">;

/**
 * Nothing is reported where nothing happens, and a quiet night is no failure: no figure is a good one. That
 * callers are missing who should be there, no alarm of these can tell.
 */
const quietIsGood = { missingData: "notBreaching" } as const;

/** One window, which CloudWatch moves on every minute. Its floor keeps noise out. */
export function oneWindow(minutes: number): Window {
  return { periodSeconds: minutes * 60, periods: 1, datapointsToAlarm: 1, ...quietIsGood };
}

/** Some of several windows: what lasts, and not what was. */
export function windows(minutes: number, datapointsToAlarm: number, periods: number): Window {
  return { periodSeconds: minutes * 60, periods, datapointsToAlarm, ...quietIsGood };
}

/**
 * Failures as a share of all, and nothing at all below a number of them: a share of few requests says
 * nothing, and a number without its share says too much where there are many.
 */
export function share(
  failures: MetricPlan,
  all: MetricPlan,
  { ratePercent, minimumCount }: { readonly ratePercent: number; readonly minimumCount: number },
): Shape {
  return {
    metrics: [failures, all],
    expression: `IF(${failures.id} >= ${minimumCount}, 100 * ${failures.id} / ${all.id}, 0)`,
    comparison: "GreaterThanThreshold",
    threshold: ratePercent,
    unit: "percent",
    minimumCount,
  };
}

/** Below this many, one of them is more than a hundredth: their 99th percentile is the slowest one. */
const enoughForTail = 100;
/** Below this many, half of them are a few: nobody can tell what is slow and what is chance. */
const enoughForMiddle = 10;

/**
 * How long the slowest of a hundred takes; where there are fewer, how long half of them take at least; and
 * nothing where there are hardly any, so that one slow request in a quiet minute wakes nobody.
 *
 * @param of a metric with a statistic of its own
 */
export function slowness(
  of: (id: string, statistic: string) => MetricPlan,
  all: MetricPlan,
  thresholdMilliseconds: number,
): Shape {
  return {
    metrics: [of("p99", "p99"), of("p50", "p50"), all],
    expression: `IF(${all.id} >= ${enoughForTail}, p99, IF(${all.id} >= ${enoughForMiddle}, p50, 0))`,
    comparison: "GreaterThanThreshold",
    threshold: thresholdMilliseconds,
    unit: "milliseconds",
    minimumCount: enoughForMiddle,
  };
}

/**
 * Of several metrics, or of one. What has no figure in a period counts as none: DynamoDB reports only what
 * has happened, and an alarm on its metrics would keep its state until it happens again.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (2026-11-27)
 */
export function total(metrics: readonly MetricPlan[], count: number): Shape {
  return {
    metrics,
    expression: metrics.map(({ id }) => `FILL(${id}, 0)`).join(" + "),
    comparison: "GreaterThanThreshold",
    threshold: count,
    unit: "count",
    minimumCount: 0,
  };
}
