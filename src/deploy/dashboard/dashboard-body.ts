import { answeringFunctions, routeName, type ServiceMetric, serviceMetrics } from "../../names.ts";
import type { AlarmKind, ServicePlan } from "../../plan/index.ts";
import { alarmGraph } from "./alarm-graph.ts";
import { type DashboardBody, type GraphLine, placed, type Section, type Widget } from "./widget.ts";

/** CloudWatch's: alarms of one widget, and log groups of one query. */
const most = { alarms: 100, logGroups: 50 };

/**
 * One page that answers, from top to bottom: does anything fire, do callers get answers, which route is it,
 * which function, which table, could tables be brought back, and what do the newest errors say.
 *
 * Every metric on it is one that AWS keeps, one that an alarm looks at, or one that the runtime writes.
 */
export function dashboardBody(plan: ServicePlan): DashboardBody {
  return {
    start: "-PT3H",
    widgets: placed([
      { title: "Alarms", width: 24, height: 3, widgets: alarmStates(plan) },
      { title: "Callers", width: 8, height: 6, widgets: callers(plan) },
      { title: "Routes", width: 8, height: 6, widgets: routes(plan) },
      { title: "Functions", width: 8, height: 6, widgets: functions(plan) },
      { title: "Tables", width: 8, height: 6, widgets: tables(plan) },
      { title: "Recovery", width: 8, height: 6, widgets: recovery(plan) },
      { title: "Newest errors", width: 24, height: 8, widgets: newestErrors(plan) },
    ] satisfies Section[]),
  };
}

/** The service's own first: whether somebody was woken. */
function alarmStates({ serviceAlarm, alarms, region, accountId }: ServicePlan): Widget[] {
  const names = alarms.map(({ name }) => name).sort();
  const arns = [...(serviceAlarm === null ? [] : [serviceAlarm.name]), ...names].map(
    (name) => `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`,
  );
  return chunks(arns, most.alarms).map((some) => ({
    type: "alarm",
    properties: { title: "Alarms", alarms: some },
  }));
}

function callers(plan: ServicePlan): Widget[] {
  const { api, region } = plan;
  if (api.routes.length === 0) return [];
  const ofApi = (name: string) => ["AWS/ApiGateway", name, "ApiName", api.name, "Stage", api.stage];
  return [
    graph(region, "Requests", "Sum", [
      [...ofApi("Count"), { label: "requests" }],
      [...ofApi("4XXError"), { label: "4xx" }],
      [...ofApi("5XXError"), { label: "5xx" }],
    ]),
    ...alarmGraphs(plan, "api-"),
    graph(region, "Latency of the API, ms", "p99", [
      ...percentiles.map((stat): GraphLine => [...ofApi("Latency"), { stat, label: stat }]),
      [...ofApi("IntegrationLatency"), { stat: "p99", label: "p99 of the functions" }],
    ]),
  ];
}

const percentiles = ["p50", "p90", "p99"];

/** What the functions measure themselves: @see serviceMetrics */
function routes({ api, region, metricNamespace }: ServicePlan): Widget[] {
  if (api.routes.length === 0) return [];
  const byRoute = ({ name, dimension }: ServiceMetric): GraphLine[] =>
    api.routes.map((one) => {
      const route = routeName(one);
      return [metricNamespace, name, dimension, route, { label: route }];
    });
  const { latency, validationFailures, conflicts, idempotentReplays } = serviceMetrics;
  return [
    ...percentiles.map((stat) =>
      graph(region, `Latency by route, ms (${stat})`, stat, byRoute(latency)),
    ),
    graph(region, "Failed validations", "Sum", byRoute(validationFailures)),
    graph(region, "Conflicts (409, 412)", "Sum", byRoute(conflicts)),
    graph(region, "Idempotent replays", "Sum", byRoute(idempotentReplays)),
  ];
}

function functions(plan: ServicePlan): Widget[] {
  const { region, metricNamespace } = plan;
  const each = (name: string): GraphLine[] =>
    plan.functions.map((one) => ["AWS/Lambda", name, "FunctionName", one.name, { label: one.key }]);
  const { name, dimension } = serviceMetrics.coldStart;
  const answering = answeringFunctions(plan.api);
  const starts = plan.functions
    .filter(({ key }) => answering.has(key))
    .map((one): GraphLine => [metricNamespace, name, dimension, one.name, { label: one.key }]);
  return [
    graph(region, "Invocations", "Sum", each("Invocations")),
    ...alarmGraphs(plan, "function-"),
    graph(region, "Duration, ms (p99)", "p99", each("Duration")),
    graph(region, "Concurrent executions", "Maximum", each("ConcurrentExecutions")),
    ...(starts.length === 0 ? [] : [graph(region, "Cold starts", "Sum", starts)]),
  ];
}

/**
 * Capacity by table, throttles by operation, as the alarms have them: DynamoDB reports the one for a table,
 * and the other for its operations.
 */
function tables(plan: ServicePlan): Widget[] {
  const { region } = plan;
  return [
    ...plan.tables.flatMap(({ name, indexes }) => {
      const ofTable = (metric: string): GraphLine[] => [
        ["AWS/DynamoDB", metric, "TableName", name, { label: "table" }],
        ...indexes.map(
          (index): GraphLine => [
            "AWS/DynamoDB",
            metric,
            "TableName",
            name,
            "GlobalSecondaryIndexName",
            index.name,
            { label: index.name },
          ],
        ),
      ];
      return [
        graph(region, `${name}: read capacity`, "Sum", ofTable("ConsumedReadCapacityUnits")),
        graph(region, `${name}: write capacity`, "Sum", ofTable("ConsumedWriteCapacityUnits")),
        graph(region, `${name}: throttled`, "Sum", [
          ["AWS/DynamoDB", "ReadThrottleEvents", "TableName", name, { label: "reads" }],
          ["AWS/DynamoDB", "WriteThrottleEvents", "TableName", name, { label: "writes" }],
        ]),
      ];
    }),
    ...alarmGraphs(plan, "table-"),
  ];
}

/** Whether tables could be brought back, here and in the recovery region. */
function recovery(plan: ServicePlan): Widget[] {
  return [...alarmGraphs(plan, "backup-"), ...alarmGraphs(plan, "replication-")];
}

/** A failure that the function has logged, and one that it could not: it ran out of time or of memory. */
const isFailure = 'level = "ERROR" or (type = "platform.report" and record.status != "success")';

function newestErrors({ functions, region }: ServicePlan): Widget[] {
  const groups = functions.map(({ logGroup }) => logGroup.name);
  return chunks(groups, most.logGroups).map((some) => ({
    type: "log",
    properties: {
      title: "Newest errors",
      region,
      view: "table",
      query: [
        ...some.map((name) => `SOURCE '${name}'`),
        "fields @timestamp, function_name, message, http_route, error.message, record.status, correlation_id, xray_trace_id",
        `filter ${isFailure}`,
        "sort @timestamp desc",
        "limit 20",
      ].join(" | "),
    },
  }));
}

/** Of each kind of alarm that begins so, in the order of the plan. */
function alarmGraphs({ alarms, region }: ServicePlan, start: string): Widget[] {
  const kinds = [...new Set<AlarmKind>(alarms.map(({ kind }) => kind))];
  return kinds
    .filter((kind) => kind.startsWith(start))
    .map((kind) => {
      const ofKind = alarms.filter((alarm) => alarm.kind === kind);
      return alarmGraph(kind, ofKind, region);
    });
}

function graph(region: string, title: string, stat: string, metrics: readonly GraphLine[]): Widget {
  return {
    type: "metric",
    properties: {
      title,
      view: "timeSeries",
      region,
      stat,
      period: 60,
      metrics,
      yAxis: { left: { min: 0 } },
    },
  };
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, number) =>
    items.slice(number * size, (number + 1) * size),
  );
}
