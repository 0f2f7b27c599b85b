import type { AlarmState, CompositeAlarmState } from "../../../aws/index.ts";
import { alarmDifferences } from "../../alarms/alarm-differences.ts";
import { readableReason } from "../../alarms/readable-reason.ts";
import type { EnvironmentFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";

/** Alarms that fire, and those that could not or would tell nobody. */
export function alarmFindings(facts: EnvironmentFacts): Finding[] {
  if (facts.release.live === null) return [];
  return [...serviceAlarmFindings(facts), ...metricAlarmFindings(facts)];
}

/** Not that it fires: the alarms that make it fire say so. */
function serviceAlarmFindings({ serviceAlarm, plan }: EnvironmentFacts): Finding[] {
  if (serviceAlarm === null || !("known" in serviceAlarm) || plan.serviceAlarm === null) return [];
  const { name: subject, description, rule } = plan.serviceAlarm;
  const next = `lambdakit plan --env ${plan.environment}`;
  const state = serviceAlarm.known;
  if (state === undefined) {
    const message = `is not there, and nobody is woken. It would say: ${description}`;
    return [{ id: "alarm-missing", subject, message, next }];
  }
  const findings: Finding[] = [];
  if (state.rule !== rule) {
    const message = `has the rule ${state.rule}, planned ${rule}`;
    findings.push({ id: "alarm-differs", subject, message, next });
  }
  return [...findings, ...mutedFindings(state, next)];
}

function metricAlarmFindings({ alarms, plan }: EnvironmentFacts): Finding[] {
  if (!("known" in alarms)) return [];
  const states = new Map(alarms.known.map((one) => [one.name, one]));
  const { environment } = plan;
  const change = `lambdakit plan --env ${environment}`;
  return plan.alarms.flatMap((planned): Finding[] => {
    const { name: subject, description } = planned;
    const next = `lambdakit alarms show ${subject} --env ${environment}`;
    const state = states.get(subject);
    if (state === undefined) {
      const message = `is not there. It would say: ${description}`;
      return [{ id: "alarm-missing", subject, message, next: change }];
    }
    const findings: Finding[] = [];
    if (state.state === "ALARM") {
      const since = state.since === null ? "" : ` since ${minuteOf(state.since)}`;
      const message = `fires${since}: ${readableReason(state, planned)}`;
      findings.push({ id: "alarm-firing", subject, message, next });
    }
    const differences = alarmDifferences(planned, state);
    if (differences.length > 0) {
      const message = `has ${differences.join("; ")}`;
      findings.push({ id: "alarm-differs", subject, message, next: change });
    }
    // Those that wake somebody do it by way of the service's alarm.
    if (planned.severity === "ticket") findings.push(...mutedFindings(state, change));
    return findings;
  });
}

function mutedFindings(
  { name: subject, actionsEnabled, actions }: AlarmState | CompositeAlarmState,
  next: string,
): Finding[] {
  if (actionsEnabled && actions.length > 0) return [];
  const message = actionsEnabled ? "has nobody to tell" : "was told to tell nobody";
  return [{ id: "alarm-muted", subject, message, next }];
}

/** `2026-11-27 14:02`, in UTC. */
function minuteOf(at: string): string {
  return at.slice(0, 16).replace("T", " ");
}
