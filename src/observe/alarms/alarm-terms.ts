import type { AlarmState } from "../../aws/index.ts";
import type { AlarmPlan } from "../../plan/index.ts";

/** What is to be said of an alarm, beside what it looks at. */
export interface AlarmTerms {
  /** Whether it wakes somebody, or can wait; null where the plan does not say. */
  readonly severity: string | null;
  /** The anchor of the runbook's section about it; null where there is none. */
  readonly runbook: string | null;
  readonly comparison: string;
  /** How many of the periods have to be bad. */
  readonly datapointsToAlarm: number;
  readonly missingData: string;
}

/**
 * The one place where a plan's alarm gets what it may leave out: plans are recorded with releases, and those of
 * older ones do not say all of it.
 */
export function alarmTerms(alarm: AlarmPlan & Partial<AlarmTerms>): AlarmTerms {
  return {
    severity: alarm.severity ?? null,
    runbook: alarm.runbook ?? null,
    comparison: alarm.comparison ?? "GreaterThanThreshold",
    datapointsToAlarm: alarm.datapointsToAlarm ?? alarm.periods,
    missingData: alarm.missingData ?? "notBreaching",
  };
}

/** What an alarm has otherwise than the plan says, such as `threshold 5, planned 1`. */
export function alarmDifferences(plan: AlarmPlan, state: AlarmState): string[] {
  const terms = alarmTerms(plan);
  const pairs: readonly (readonly [what: string, is: unknown, planned: unknown])[] = [
    ["threshold", state.threshold, plan.threshold],
    ["comparison", state.comparison, terms.comparison],
    ["periods", state.periods, plan.periods],
    ["period in seconds", state.periodSeconds, plan.periodSeconds],
    ["datapoints to alarm", state.datapointsToAlarm, terms.datapointsToAlarm],
    ["missing data", state.missingData, terms.missingData],
    ["expression", state.expression, plan.expression],
  ];
  return pairs
    .filter(([, is, planned]) => is !== planned)
    .map(([what, is, planned]) => `${what} ${is ?? "none"}, planned ${planned ?? "none"}`);
}
