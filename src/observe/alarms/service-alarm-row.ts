import type { CompositeAlarmState } from "../../aws/index.ts";
import type { ServiceAlarmPlan } from "../../plan/index.ts";
import type { Asked, Unread } from "../asked.ts";

/** The alarm over those that wake somebody, as `alarms` answers with `--json`. */
export interface ServiceAlarmRow extends ServiceAlarmPlan {
  /** `missing` where there is no such alarm, `unknown` where there can be none or it could not be read. */
  readonly state: CompositeAlarmState["state"] | "missing" | "unknown";
  /** ISO 8601; null where CloudWatch does not say. */
  readonly since: string | null;
  /** Whether somebody is woken; null where the state is unknown. */
  readonly isHeard: boolean | null;
  /** Why it could not be read; null where it was, or where there can be none: emulators have none over others. */
  readonly unread: Unread | null;
}

/** @param answer null where there can be none */
export function serviceAlarmRow(
  planned: ServiceAlarmPlan,
  answer: Asked<CompositeAlarmState | undefined> | null,
): ServiceAlarmRow {
  if (answer === null || "unread" in answer) {
    const unread = answer?.unread ?? null;
    return { ...planned, state: "unknown", since: null, isHeard: null, unread };
  }
  const { known } = answer;
  return {
    ...planned,
    state: known?.state ?? "missing",
    since: known?.since ?? null,
    isHeard: known?.actionsEnabled === true && known.actions.length > 0,
    unread: null,
  };
}
