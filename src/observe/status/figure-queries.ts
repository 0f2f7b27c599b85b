import type { MetricPoint, MetricQuery } from "../../aws/index.ts";
import { answeringFunctions, serviceMetrics } from "../../names.ts";
import type { ServicePlan } from "../../plan/index.ts";
import { type Series, seriesOf } from "../figures/series.ts";
import type { TimeWindow } from "../time/time-window.ts";
import type { Figures, FunctionFigures } from "./facts.ts";

/**
 * What is asked of a function, by what it is called here.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html (2026-11-27)
 */
const ofFunctions = {
  invocations: ["Invocations", "Sum"],
  errors: ["Errors", "Sum"],
  throttles: ["Throttles", "Sum"],
  p50Milliseconds: ["Duration", "p50"],
  p99Milliseconds: ["Duration", "p99"],
  concurrency: ["ConcurrentExecutions", "Maximum"],
} as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html (2026-11-27) */
const ofApi = {
  requests: ["Count", "Sum"],
  serverErrors: ["5XXError", "Sum"],
  p99Milliseconds: ["Latency", "p99"],
} as const;

/** Everything that a status shows of CloudWatch's figures, to be asked for in one call. */
export function figureQueries(plan: ServicePlan): MetricQuery[] {
  const { functions, api, metricNamespace } = plan;
  const answering = answeringFunctions(api);
  return [
    ...functions.flatMap(({ key, name: FunctionName }, index) => [
      ...Object.entries(ofFunctions).map(([what, [name, statistic]]) => {
        const id = `${what}_${index}`;
        return { id, namespace: "AWS/Lambda", name, statistic, dimensions: { FunctionName } };
      }),
      ...(answering.has(key)
        ? [
            {
              id: `coldStarts_${index}`,
              namespace: metricNamespace,
              name: serviceMetrics.coldStart.name,
              statistic: "Sum",
              dimensions: { [serviceMetrics.coldStart.dimension]: FunctionName },
            },
          ]
        : []),
    ]),
    ...(api.routes.length === 0 ? [] : Object.entries(ofApi)).map(([what, [name, statistic]]) => ({
      id: `api_${what}`,
      namespace: "AWS/ApiGateway",
      name,
      statistic,
      dimensions: { ApiName: api.name, Stage: api.stage },
    })),
    ...throttleQueries(plan).map(({ query }) => query),
  ];
}

/** The answers, as series. */
export function figuresOf(
  plan: ServicePlan,
  answers: ReadonlyMap<string, readonly MetricPoint[]>,
  window: TimeWindow,
): Figures {
  const series = (id: string) => seriesOf(answers.get(id) ?? [], window);
  const names = [...Object.keys(ofFunctions), "coldStarts"];
  const functions = plan.functions.map(({ name }, index) => {
    const own = names.map((what) => [what, series(`${what}_${index}`)] as const);
    return [name, Object.fromEntries(own) as unknown as FunctionFigures] as const;
  });
  const tables = new Map<string, Series>();
  for (const { table, query } of throttleQueries(plan)) {
    const own = series(query.id);
    tables.set(table, added(tables.get(table), own));
  }
  return {
    functions: new Map(functions),
    api:
      plan.api.routes.length === 0
        ? null
        : {
            requests: series("api_requests"),
            serverErrors: series("api_serverErrors"),
            p99Milliseconds: series("api_p99Milliseconds"),
          },
    tables,
  };
}

/** The figures that the alarms look at: DynamoDB counts for each operation apart. */
function throttleQueries({ alarms }: ServicePlan) {
  return alarms
    .filter(({ kind }) => kind === "table-throttles")
    .flatMap(({ subject, metrics }, table) =>
      metrics.map((metric) => {
        const id = `table${table}_${metric.id}`;
        return { table: subject, query: { ...metric, id } };
      }),
    );
}

function added(one: Series | undefined, other: Series): Series {
  if (one === undefined) return other;
  return other.map((value, index) => {
    const sum = one[index] ?? null;
    return value === null ? sum : value + (sum ?? 0);
  });
}
