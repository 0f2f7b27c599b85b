import type { LambdakitError } from "../../errors/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import type { TimeWindow } from "../time/time-window.ts";
import type { EnvironmentStatus } from "./environment-status.ts";

/** An environment of which nothing could be read: it stands beside the others, and says why. */
export function unreadEnvironment(
  { environment, accountId, region }: ServicePlan,
  { code, message, fix, exitCode }: LambdakitError,
  now: Date,
  { from, to, periodSeconds }: TimeWindow,
): EnvironmentStatus {
  return {
    environment,
    accountId,
    region,
    at: now.toISOString(),
    state: "unknown",
    window: { from: from.toISOString(), to: to.toISOString(), periodSeconds },
    release: null,
    lastOperation: null,
    functions: [],
    api: null,
    serviceAlarm: null,
    alarms: [],
    tables: [],
    findings: [],
    unread: [{ part: "environment", code, message, fix, exitCode }],
  };
}
