import { serviceMetrics } from "../../names.ts";

export type Unit = "count" | "milliseconds";

/** With the statistic that it is mostly looked at by. */
export type Metric = readonly [name: string, statistic: string, unit: Unit];

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html (2026-11-27) */
export const lambdaMetrics: readonly Metric[] = [
  ["Invocations", "Sum", "count"],
  ["Errors", "Sum", "count"],
  ["Throttles", "Sum", "count"],
  ["Duration", "p99", "milliseconds"],
  ["ConcurrentExecutions", "Maximum", "count"],
  ["AsyncEventsReceived", "Sum", "count"],
  ["AsyncEventsDropped", "Sum", "count"],
  ["AsyncEventAge", "Maximum", "milliseconds"],
];

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html (2026-11-27) */
export const apiMetrics: readonly Metric[] = [
  ["Count", "Sum", "count"],
  ["4XXError", "Sum", "count"],
  ["5XXError", "Sum", "count"],
  ["Latency", "p99", "milliseconds"],
  ["IntegrationLatency", "p99", "milliseconds"],
];

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html (2026-11-27) */
export const tableMetrics: readonly Metric[] = [
  ["ConsumedReadCapacityUnits", "Sum", "count"],
  ["ConsumedWriteCapacityUnits", "Sum", "count"],
];

export const routeMetrics: readonly Metric[] = [
  [serviceMetrics.latency.name, "p99", "milliseconds"],
  [serviceMetrics.validationFailures.name, "Sum", "count"],
  [serviceMetrics.idempotentReplays.name, "Sum", "count"],
  [serviceMetrics.conflicts.name, "Sum", "count"],
];

export const coldStarts: Metric = [serviceMetrics.coldStart.name, "Sum", "count"];
