/** A stretch of time, cut into periods. */
export interface TimeWindow {
  /** The beginning of a period. */
  readonly from: Date;
  readonly to: Date;
  /** A multiple of 60. */
  readonly periodSeconds: number;
}

/**
 * How long CloudWatch keeps figures of a period: those of a minute for 15 days, of five minutes for 63, of an hour
 * for 455.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html (2026-11-27)
 */
const kept = [
  { periodSeconds: 60, days: 15 },
  { periodSeconds: 300, days: 63 },
  { periodSeconds: 3_600, days: 455 },
] as const;

const daySeconds = 86_400;

/** The smallest period that CloudWatch has figures of for all that time; nothing where it has none. */
export function smallestPeriod(from: Date, now: Date): number | undefined {
  const days = (now.getTime() - from.getTime()) / 1000 / daySeconds;
  return kept.find((one) => days <= one.days)?.periodSeconds;
}

/** Lengths that people count in. Each is a multiple of the one before it that CloudWatch may ask for. */
const periods = [60, 300, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, daySeconds];

/** The smallest of the usual periods that cuts a stretch of time into no more pieces than these. */
export function choosePeriod(seconds: number, most: number, smallest: number): number {
  const fits = (period: number) => period >= smallest && Math.ceil(seconds / period) <= most;
  const days = Math.ceil(seconds / daySeconds / most);
  return periods.find(fits) ?? Math.max(1, days) * daySeconds;
}

/** A window that begins with a full period, as CloudWatch counts them, and has all that happened up to its end. */
export function windowOf(from: Date, to: Date, periodSeconds: number): TimeWindow {
  const period = periodSeconds * 1000;
  return { from: new Date(Math.floor(from.getTime() / period) * period), to, periodSeconds };
}

/** How many periods it has. */
export function periodsIn({ from, to, periodSeconds }: TimeWindow): number {
  return Math.max(1, Math.ceil((to.getTime() - from.getTime()) / 1000 / periodSeconds));
}
