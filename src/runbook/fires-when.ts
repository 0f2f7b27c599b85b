import type { AlarmPlan } from "../plan/index.ts";

/** `over 1 percent, in 2 of 3 periods of 5 minutes` */
export function firesWhen(alarm: AlarmPlan): string {
  const { comparison, threshold, unit, periods, datapointsToAlarm, periodSeconds } = alarm;
  const minutes = periodSeconds / 60;
  const length = minutes === 1 ? "a minute" : `${minutes} minutes`;
  const often =
    periods === 1 ? `in ${length}` : `in ${datapointsToAlarm} of ${periods} periods of ${length}`;
  const amount = unit === "count" ? `${threshold}` : `${threshold} ${unit}`;
  return `${comparison === "LessThanThreshold" ? "under" : "over"} ${amount}, ${often}`;
}
