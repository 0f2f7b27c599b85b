import type { Manifest } from "../../manifest/index.ts";
import { apiMetric } from "../metrics.ts";
import type { AlarmPlan, ApiPlan } from "../types.ts";
import type { Named } from "./named.ts";
import { oneWindow, share, slowness, windows } from "./shapes.ts";

/** What callers see, whatever the reason. */
export function apiAlarms({ alarms }: Manifest, api: ApiPlan, named: Named): AlarmPlan[] {
  const { apiServerErrors, apiErrorBudget, apiLatency } = alarms;
  const errors = apiMetric("errors", "5XXError", "Sum", api);
  const requests = apiMetric("requests", "Count", "Sum", api);
  const ratePercent = burningPercent(apiErrorBudget.availabilityPercent);
  return [
    {
      name: named("api", "5xx-errors"),
      kind: "api-server-errors",
      severity: "page",
      runbook: "api-server-errors",
      description: `${api.name} answers 5xx: to over ${apiServerErrors.ratePercent} % of its requests, and ${apiServerErrors.minimumCount} at least`,
      subject: api.name,
      ...share(errors, requests, apiServerErrors),
      ...oneWindow(5),
      from: "alarms.apiServerErrors",
    },
    {
      name: named("api", "error-budget"),
      kind: "api-error-budget",
      severity: "ticket",
      runbook: "api-error-budget",
      description: `${api.name} uses up what ${apiErrorBudget.availabilityPercent} % of availability leave it: for two hours over ${ratePercent} % of its requests fail, and ${apiErrorBudget.minimumCount} an hour at least`,
      subject: api.name,
      ...share(errors, requests, { ratePercent, minimumCount: apiErrorBudget.minimumCount }),
      ...windows(60, 2, 2),
      from: "alarms.apiErrorBudget",
    },
    {
      name: named("api", "latency"),
      kind: "api-latency",
      severity: "page",
      runbook: "api-latency",
      description: `${api.name} is slow: one request in a hundred takes over ${apiLatency.p99Milliseconds} ms, or half of them where there are few`,
      subject: api.name,
      ...slowness(
        (id, statistic) => apiMetric(id, "Latency", statistic, api),
        requests,
        apiLatency.p99Milliseconds,
      ),
      ...windows(5, 2, 3),
      from: "alarms.apiLatency",
    },
  ];
}

/** Three times what may fail: a budget for 30 days is gone in 10. */
const burnRate = 3;

/** Without the last digits, which are those of binary numbers. */
function burningPercent(availabilityPercent: number): number {
  return Number(((100 - availabilityPercent) * burnRate).toFixed(6));
}
