import type { AlarmState } from "../../aws/index.ts";
import type { AlarmPlan } from "../../plan/index.ts";

/** What an alarm has otherwise than the plan says, such as `threshold 5, planned 1`. */
export function alarmDifferences(plan: AlarmPlan, state: AlarmState): string[] {
  const pairs: readonly (readonly [what: string, is: unknown, planned: unknown])[] = [
    ["threshold", state.threshold, plan.threshold],
    ["comparison", state.comparison, plan.comparison],
    ["periods", state.periods, plan.periods],
    ["period in seconds", state.periodSeconds, plan.periodSeconds],
    ["datapoints to alarm", state.datapointsToAlarm, plan.datapointsToAlarm],
    ["missing data", state.missingData, plan.missingData],
    ["expression", state.expression, plan.expression],
  ];
  return pairs
    .filter(([, is, planned]) => is !== planned)
    .map(([what, is, planned]) => `${what} ${is ?? "none"}, planned ${planned ?? "none"}`);
}
