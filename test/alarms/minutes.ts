import {
  type AlarmFigures,
  type AlarmState,
  periodsWanted,
  statisticOf,
} from "../../src/evaluate/index.ts";
import type { AlarmPlan, MetricPlan } from "../../src/plan/index.ts";

/** What is reported within a minute, by the metric's name; of a table's operation, `ThrottledRequests Query`. */
export type Minute = Readonly<Record<string, readonly number[]>>;

/** Traffic, minute by minute; the last one has just ended. */
export interface TruthCase {
  readonly what: string;
  readonly minutes: readonly Minute[];
  /** The state that the alarm is in before. @default "OK" */
  readonly current?: AlarmState;
  readonly state: AlarmState;
}

export function seriesName({ name, dimensions }: Pick<MetricPlan, "name" | "dimensions">): string {
  return dimensions.Operation === undefined ? name : `${name} ${dimensions.Operation}`;
}

/** The figures that CloudWatch has of an alarm's metrics when it looks at the end of these minutes. */
export function figuresOf(
  alarm: Pick<AlarmPlan, "metrics" | "periods" | "periodSeconds">,
  minutes: readonly Minute[],
): AlarmFigures {
  const length = alarm.periodSeconds / 60;
  const places = Array.from({ length: periodsWanted(alarm) }, (_, at) => at).reverse();
  const within = (at: number) =>
    minutes.slice(
      Math.max(0, minutes.length - (at + 1) * length),
      Math.max(0, minutes.length - at * length),
    );
  return Object.fromEntries(
    alarm.metrics.map((metric) => {
      const name = seriesName(metric);
      const valuesAt = (at: number) => within(at).flatMap((minute) => minute[name] ?? []);
      return [metric.id, places.map((at) => statisticOf(metric.statistic, valuesAt(at)))];
    }),
  );
}

/** As many for each minute as can be, and the rest at the end. */
export function spread(count: number, minutes: number): number[] {
  const each = Math.floor(count / minutes);
  return Array.from({ length: minutes }, (_, at) =>
    at < minutes - 1 ? each : count - each * (minutes - 1),
  );
}

/** Windows one after the other, the latest last. */
export function inARow(...windows: readonly (readonly Minute[])[]): Minute[] {
  return windows.flat();
}

export function times(count: number, window: readonly Minute[]): Minute[] {
  return Array.from({ length: count }, () => window).flat();
}
