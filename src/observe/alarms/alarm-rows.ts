import type { AlarmState } from "../../aws/index.ts";
import type { AlarmPlan } from "../../plan/index.ts";
import { alarmDifferences } from "./alarm-differences.ts";
import { parseReason } from "./readable-reason.ts";

/** An alarm as `alarms` answers with `--json`: what was planned, and what is there. */
export interface AlarmRow extends AlarmPlan {
  /** `missing` where there is no such alarm. */
  readonly state: AlarmState["state"] | "missing";
  /** ISO 8601; null where CloudWatch does not say. */
  readonly since: string | null;
  readonly reason: string;
  /** The figures that it looked at last, the newest first; null where there was none. */
  readonly datapoints: readonly (number | null)[];
  /** Whether somebody hears of it; null where that is not known. */
  readonly isHeard: boolean | null;
  /** What it has otherwise than planned. */
  readonly differences: readonly string[];
}

/**
 * Puts what is planned beside what is there: first what fires, then what is not there, and in between the rest.
 *
 * @param wakesSomebody whether the service's alarm does, by way of which those of the severity `page` are heard;
 *   null where that is not known
 */
export function alarmRows(
  planned: readonly AlarmPlan[],
  states: readonly AlarmState[],
  wakesSomebody: boolean | null,
): AlarmRow[] {
  const byName = new Map(states.map((one) => [one.name, one]));
  const rows = planned.map((alarm) => rowOf(alarm, byName.get(alarm.name), wakesSomebody));
  return rows.sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
}

const order: readonly AlarmRow["state"][] = ["ALARM", "missing", "INSUFFICIENT_DATA", "OK"];

function rowOf(
  alarm: AlarmPlan,
  state: AlarmState | undefined,
  wakesSomebody: boolean | null,
): AlarmRow {
  const tells = state?.actionsEnabled === true && state.actions.length > 0;
  return {
    ...alarm,
    state: state?.state ?? "missing",
    since: state?.since ?? null,
    reason: state?.reason ?? "",
    datapoints: parseReason(state?.reasonData ?? null)?.datapoints.toReversed() ?? [],
    isHeard: state === undefined ? false : alarm.severity === "page" ? wakesSomebody : tells,
    differences: state === undefined ? [] : alarmDifferences(alarm, state),
  };
}
