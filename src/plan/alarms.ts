import type { Manifest } from "../manifest/index.ts";
import { apiMetric, functionMetric, tableMetrics, tableOperationsUsed } from "./metrics.ts";
import type {
  AlarmPlan,
  ApiPlan,
  EnvironmentName,
  FunctionPlan,
  MetricPlan,
  TablePlan,
} from "./types.ts";

/**
 * Three alarms for each function, two for the API where it has routes, and two for each table that
 * functions use, named as the reference names them.
 */
export function planAlarms(
  manifest: Manifest,
  environment: EnvironmentName,
  parts: {
    readonly functions: readonly FunctionPlan[];
    readonly tables: readonly TablePlan[];
    readonly api: ApiPlan;
  },
): AlarmPlan[] {
  const { functions, tables, api } = parts;
  const named = (key: string, what: string) =>
    `${manifest.prefix}-${manifest.name}-${key}-${what}-${environment}`;
  return [
    ...functions.flatMap((one) => functionAlarms(manifest, one, named)),
    ...(api.routes.length === 0 ? [] : apiAlarms(manifest, api, named)),
    ...tables.flatMap((one) => tableAlarms(manifest, one, named)),
  ];
}

type Named = (key: string, what: string) => string;

function functionAlarms({ alarms }: Manifest, one: FunctionPlan, named: Named): AlarmPlan[] {
  const { key, name: subject, timeoutSeconds } = one;
  const { functionErrors, functionDuration, functionThrottles } = alarms;
  return [
    {
      name: named(key, "errors"),
      kind: "function-errors",
      description: `${subject} fails: over ${functionErrors.ratePercent} % of its invocations, and ${functionErrors.minimumCount} at least`,
      subject,
      ...rate(
        functionMetric("errors", "Errors", "Sum", subject),
        functionMetric("invocations", "Invocations", "Sum", subject),
        functionErrors,
      ),
      ...fiveMinutes,
      from: "alarms.functionErrors",
    },
    {
      name: named(key, "duration"),
      kind: "function-duration",
      description: `${subject} comes near its timeout of ${timeoutSeconds} seconds`,
      subject,
      metrics: [functionMetric("duration", "Duration", "Average", subject)],
      expression: null,
      threshold: timeoutSeconds * 10 * functionDuration.percentOfTimeout,
      unit: "milliseconds",
      minimumCount: 0,
      ...twoMinutes,
      from: "alarms.functionDuration",
    },
    {
      name: named(key, "throttles"),
      kind: "function-throttles",
      description: `${subject} is invoked more often at once than it may run`,
      subject,
      metrics: [functionMetric("throttles", "Throttles", "Sum", subject)],
      expression: null,
      threshold: functionThrottles.count,
      unit: "count",
      minimumCount: 0,
      ...fiveMinutes,
      from: "alarms.functionThrottles",
    },
  ];
}

function apiAlarms({ alarms }: Manifest, api: ApiPlan, named: Named): AlarmPlan[] {
  const { apiServerErrors, apiLatency } = alarms;
  return [
    {
      name: named("api", "5xx-errors"),
      kind: "api-server-errors",
      description: `${api.name} answers 5xx: to over ${apiServerErrors.ratePercent} % of its requests, and ${apiServerErrors.minimumCount} at least`,
      subject: api.name,
      ...rate(
        apiMetric("errors", "5XXError", "Sum", api),
        apiMetric("requests", "Count", "Sum", api),
        apiServerErrors,
      ),
      ...fiveMinutes,
      from: "alarms.apiServerErrors",
    },
    {
      name: named("api", "latency"),
      kind: "api-latency",
      description: `${api.name} is slow: one request in a hundred takes over ${apiLatency.p99Milliseconds} ms`,
      subject: api.name,
      metrics: [apiMetric("latency", "Latency", "p99", api)],
      expression: null,
      threshold: apiLatency.p99Milliseconds,
      unit: "milliseconds",
      minimumCount: 0,
      ...twoMinutes,
      from: "alarms.apiLatency",
    },
  ];
}

function tableAlarms(manifest: Manifest, table: TablePlan, named: Named): AlarmPlan[] {
  const { tableThrottles, tableSystemErrors } = manifest.alarms;
  const operations = tableOperationsUsed(manifest, table.key);
  if (operations.length === 0) return [];
  const common = { subject: table.name, unit: "count", minimumCount: 0, ...fiveMinutes } as const;
  return [
    {
      name: named(table.key, "table-throttles"),
      kind: "table-throttles",
      description: `DynamoDB throttles requests to ${table.name} or its indexes`,
      ...sum(tableMetrics("ThrottledRequests", table.name, operations)),
      threshold: tableThrottles.count,
      ...common,
      from: "alarms.tableThrottles",
    },
    {
      name: named(table.key, "table-system-errors"),
      kind: "table-system-errors",
      description: `Requests to ${table.name} fail within DynamoDB`,
      ...sum(tableMetrics("SystemErrors", table.name, operations)),
      threshold: tableSystemErrors.count,
      ...common,
      from: "alarms.tableSystemErrors",
    },
  ];
}

/** One period is enough: the minimum count keeps noise out. */
const fiveMinutes = { periodSeconds: 300, periods: 1 };
/** Two in a row: a single slow minute is not worth waking somebody. */
const twoMinutes = { periodSeconds: 60, periods: 2 };

/** Failures as a share of all, and nothing at all below a number of them. */
function rate(
  failures: MetricPlan,
  all: MetricPlan,
  { ratePercent, minimumCount }: { ratePercent: number; minimumCount: number },
) {
  return {
    metrics: [failures, all],
    expression: `IF(${failures.id} >= ${minimumCount}, 100 * ${failures.id} / ${all.id}, 0)`,
    threshold: ratePercent,
    unit: "percent",
    minimumCount,
  } as const;
}

/** What has no figure in a period counts as none: DynamoDB reports only what has happened. */
function sum(metrics: readonly MetricPlan[]) {
  const [first, ...others] = metrics;
  if (first !== undefined && others.length === 0) return { metrics, expression: null };
  return { metrics, expression: metrics.map(({ id }) => `FILL(${id}, 0)`).join(" + ") };
}
