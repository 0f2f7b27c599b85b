import type { Manifest } from "../manifest/index.ts";
import type { AlarmKind, AlarmPlan, ApiPlan, EnvironmentName, FunctionPlan } from "./types.ts";

/** Three alarms for each function and two for the API, named as the reference names them. */
export function planAlarms(
  { prefix, name: service, alarms }: Manifest,
  environment: EnvironmentName,
  functions: readonly FunctionPlan[],
  api: ApiPlan,
): AlarmPlan[] {
  const named = (key: string, what: string) => `${prefix}-${service}-${key}-${what}-${environment}`;
  return [
    ...functions.flatMap(({ key, name: subject, timeoutSeconds }) => [
      alarm(named(key, "errors"), "function-errors", subject, fiveMinutes, {
        threshold: alarms.functionErrors.ratePercent,
        unit: "percent",
        minimumCount: alarms.functionErrors.minimumCount,
        from: "alarms.functionErrors",
      }),
      alarm(named(key, "duration"), "function-duration", subject, twoMinutes, {
        threshold: timeoutSeconds * 10 * alarms.functionDuration.percentOfTimeout,
        unit: "milliseconds",
        minimumCount: 0,
        from: "alarms.functionDuration",
      }),
      alarm(named(key, "throttles"), "function-throttles", subject, fiveMinutes, {
        threshold: alarms.functionThrottles.count,
        unit: "count",
        minimumCount: 0,
        from: "alarms.functionThrottles",
      }),
    ]),
    alarm(named("api", "5xx-errors"), "api-server-errors", api.name, fiveMinutes, {
      threshold: alarms.apiServerErrors.ratePercent,
      unit: "percent",
      minimumCount: alarms.apiServerErrors.minimumCount,
      from: "alarms.apiServerErrors",
    }),
    alarm(named("api", "latency"), "api-latency", api.name, twoMinutes, {
      threshold: alarms.apiLatency.p99Milliseconds,
      unit: "milliseconds",
      minimumCount: 0,
      from: "alarms.apiLatency",
    }),
  ];
}

/** One period is enough: the minimum count keeps noise out. */
const fiveMinutes = { periodSeconds: 300, periods: 1 };
/** Two in a row: a single slow minute is not worth waking somebody. */
const twoMinutes = { periodSeconds: 60, periods: 2 };

function alarm(
  name: string,
  kind: AlarmKind,
  subject: string,
  window: { periodSeconds: number; periods: number },
  rest: Pick<AlarmPlan, "threshold" | "unit" | "minimumCount" | "from">,
): AlarmPlan {
  const { from, ...limits } = rest;
  return { name, kind, subject, ...limits, ...window, from };
}
