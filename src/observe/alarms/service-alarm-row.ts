import type { CompositeAlarmState } from "../../aws/index.ts";
import type { ServiceAlarmPlan } from "../../plan/index.ts";

/** The alarm over those that wake somebody, as `alarms` answers with `--json`. */
export interface ServiceAlarmRow extends ServiceAlarmPlan {
  /** `missing` where there is no such alarm, `unknown` where there can be none: emulators have none over others. */
  readonly state: CompositeAlarmState["state"] | "missing" | "unknown";
  /** ISO 8601; null where CloudWatch does not say. */
  readonly since: string | null;
  /** Whether somebody is woken; null where the state is unknown. */
  readonly isHeard: boolean | null;
}

/** @param state null where there can be none */
export function serviceAlarmRow(
  planned: ServiceAlarmPlan,
  state: CompositeAlarmState | undefined | null,
): ServiceAlarmRow {
  if (state === null) return { ...planned, state: "unknown", since: null, isHeard: null };
  return {
    ...planned,
    state: state?.state ?? "missing",
    since: state?.since ?? null,
    isHeard: state?.actionsEnabled === true && state.actions.length > 0,
  };
}
