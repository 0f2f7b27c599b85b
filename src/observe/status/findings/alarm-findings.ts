import { alarmDifferences } from "../../alarms/alarm-differences.ts";
import { readableReason } from "../../alarms/readable-reason.ts";
import type { EnvironmentFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";

/** Alarms that fire, and those that could not or would tell nobody. */
export function alarmFindings({ alarms, plan, release }: EnvironmentFacts): Finding[] {
  if (!("known" in alarms) || release.live === null) return [];
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
      const message = `fires${since}: ${readableReason(state, planned.unit)}`;
      findings.push({ id: "alarm-firing", subject, message, next });
    }
    const differences = alarmDifferences(planned, state);
    if (differences.length > 0) {
      const message = `has ${differences.join("; ")}`;
      findings.push({ id: "alarm-differs", subject, message, next: change });
    }
    if (!state.actionsEnabled || state.actions.length === 0) {
      const why = state.actionsEnabled ? "has nobody to tell" : "was told to tell nobody";
      findings.push({ id: "alarm-muted", subject, message: why, next: change });
    }
    return findings;
  });
}

/** `2026-11-27 14:02`, in UTC. */
function minuteOf(at: string): string {
  return at.slice(0, 16).replace("T", " ");
}
