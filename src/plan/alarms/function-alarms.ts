import type { Manifest } from "../../manifest/index.ts";
import { authorizerKey } from "../../names.ts";
import { functionMetric } from "../metrics.ts";
import type { AlarmPlan, FunctionPlan } from "../types.ts";
import type { Named } from "./named.ts";
import { oneWindow, share, slowness, windows } from "./shapes.ts";

interface Place {
  readonly named: Named;
  /** The API's alarms see what its callers see; without an API, only the function's own do. */
  readonly isBehindApi: boolean;
}

/** What a function does to those who call it, and what it will do soon. */
export function functionAlarms(
  { alarms }: Manifest,
  one: FunctionPlan,
  { named, isBehindApi }: Place,
): AlarmPlan[] {
  const { key, name: subject, timeoutSeconds, reservedConcurrency } = one;
  const { functionErrors, functionDuration, functionThrottles, functionConcurrency } = alarms;
  const metric = (id: string, called: string, statistic: string) =>
    functionMetric(id, called, statistic, subject);
  const invocations = metric("invocations", "Invocations", "Sum");
  // Switched off on purpose: that it refuses everything is no news.
  const isOff = reservedConcurrency === 0;
  const throttles: AlarmPlan = {
    name: named(key, "throttles"),
    kind: "function-throttles",
    severity: "page",
    runbook: "function-throttles",
    description: `${subject} is invoked more often at once than it may run: over ${functionThrottles.ratePercent} % of its callers are refused, and ${functionThrottles.minimumCount} at least`,
    subject,
    ...share(metric("throttles", "Throttles", "Sum"), invocations, functionThrottles),
    // What is throttled is no invocation: all that were tried are both together.
    expression: `IF(throttles >= ${functionThrottles.minimumCount}, 100 * throttles / (throttles + invocations), 0)`,
    ...oneWindow(5),
    from: "alarms.functionThrottles",
  };
  // What refuses a token fails, for Lambda: whoever sends bad ones could wake somebody. What goes wrong
  // within it is a 500 of the API, whose alarms see it.
  const failsOnPurpose = key === authorizerKey;
  const errors: AlarmPlan = {
    name: named(key, "errors"),
    kind: "function-errors",
    severity: isBehindApi ? "ticket" : "page",
    runbook: "function-errors",
    description: `${subject} fails: over ${functionErrors.ratePercent} % of its invocations, and ${functionErrors.minimumCount} at least`,
    subject,
    ...share(metric("errors", "Errors", "Sum"), invocations, functionErrors),
    // Where there is little traffic, failures need time to become enough.
    ...oneWindow(15),
    from: "alarms.functionErrors",
  };
  return [
    ...(failsOnPurpose ? [] : [errors]),
    {
      name: named(key, "duration"),
      kind: "function-duration",
      severity: "ticket",
      runbook: "function-duration",
      description: `${subject} comes near its timeout of ${timeoutSeconds} seconds`,
      subject,
      ...slowness(
        (id, statistic) => metric(id, "Duration", statistic),
        invocations,
        timeoutSeconds * 10 * functionDuration.percentOfTimeout,
      ),
      ...oneWindow(15),
      from: "alarms.functionDuration",
    },
    ...(isOff ? [] : [throttles]),
    ...(reservedConcurrency === null || isOff
      ? []
      : [
          {
            name: named(key, "concurrency"),
            kind: "function-concurrency",
            severity: "ticket",
            runbook: "function-concurrency",
            description: `${subject} comes near the ${reservedConcurrency} invocations that it may run at once`,
            subject,
            metrics: [metric("concurrency", "ConcurrentExecutions", "Maximum")],
            expression: null,
            comparison: "GreaterThanThreshold",
            threshold: (reservedConcurrency * functionConcurrency.percentOfLimit) / 100,
            unit: "count",
            minimumCount: 0,
            ...windows(1, 3, 5),
            from: "alarms.functionConcurrency",
          } satisfies AlarmPlan,
        ]),
  ];
}
