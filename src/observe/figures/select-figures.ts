import type { MetricQuery } from "../../aws/index.ts";
import { LambdakitError, nearest } from "../../errors/index.ts";
import { answeringFunctions, routeName, serviceMetrics } from "../../names.ts";
import type { FunctionPlan, ServicePlan } from "../../plan/index.ts";
import {
  apiMetrics,
  coldStarts,
  lambdaMetrics,
  type Metric,
  routeMetrics,
  tableMetrics,
  type Unit,
} from "./metric-catalogue.ts";

export interface Selection {
  /** Null for all of the service, with its API and its tables. */
  readonly functions: readonly FunctionPlan[] | null;
  /** A metric's name, or `NAMESPACE:NAME`; null for the main ones. */
  readonly metric: string | null;
  /** Whether there is a row for each route. */
  readonly byRoute: boolean;
  /** Null for the one that a metric is mostly looked at by. */
  readonly statistic: string | null;
}

/** A figure to be asked for, and whose it is. */
export interface SelectedFigure {
  readonly subject: string;
  readonly unit: Unit;
  readonly query: MetricQuery;
}

/** A kind of thing that CloudWatch counts for: what there is of it, and what is counted. */
interface Source {
  readonly namespace: string;
  readonly metrics: readonly Metric[];
  /** How many of them are shown where nobody asks for one. */
  readonly main: number;
  readonly subjects: readonly {
    readonly subject: string;
    readonly dimensions: Readonly<Record<string, string>>;
  }[];
}

/**
 * Which figures are to be shown.
 *
 * @throws {LambdakitError} CLI_BAD_VALUE where nothing is called so
 */
export function selectFigures(plan: ServicePlan, selection: Selection): SelectedFigure[] {
  const sources = sourcesOf(plan, selection);
  const found =
    selection.metric === null
      ? sources.flatMap((source) => ofSource(source, source.metrics.slice(0, source.main)))
      : named(sources, selection.metric);
  return found.map(({ query, ...one }, index) => ({
    ...one,
    query: { ...query, id: `m${index}`, statistic: selection.statistic ?? query.statistic },
  }));
}

function sourcesOf(plan: ServicePlan, { functions, byRoute }: Selection): Source[] {
  const { api, metricNamespace: own } = plan;
  const chosen = functions ?? plan.functions;
  const answering = answeringFunctions(api);
  const counted = chosen.filter(({ key }) => answering.has(key));
  const routes: Source = {
    namespace: own,
    metrics: routeMetrics,
    main: byRoute ? routeMetrics.length : 0,
    subjects: api.routes
      .filter((route) => chosen.some(({ key }) => key === route.function))
      .map((one) => {
        const route = routeName(one);
        return { subject: route, dimensions: { [serviceMetrics.latency.dimension]: route } };
      }),
  };
  if (byRoute) return [routes];
  return [
    {
      namespace: "AWS/Lambda",
      metrics: lambdaMetrics,
      main: 5,
      subjects: chosen.map(({ key, name }) => {
        return { subject: key, dimensions: { FunctionName: name } };
      }),
    },
    ...(counted.length === 0
      ? []
      : [
          {
            namespace: own,
            metrics: [coldStarts],
            main: 1,
            subjects: counted.map(({ key, name }) => {
              return { subject: key, dimensions: { [serviceMetrics.coldStart.dimension]: name } };
            }),
          },
        ]),
    ...(functions === null ? wholeService(plan) : []),
    // Behind the API's: it is that one's Latency which is meant where nobody says whose.
    routes,
  ];
}

function wholeService({ api, tables }: ServicePlan): Source[] {
  return [
    {
      namespace: "AWS/ApiGateway",
      metrics: apiMetrics,
      main: 4,
      subjects:
        api.routes.length === 0
          ? []
          : [{ subject: "api", dimensions: { ApiName: api.name, Stage: api.stage } }],
    },
    {
      namespace: "AWS/DynamoDB",
      metrics: tableMetrics,
      main: 2,
      subjects: tables.map(({ name }) => ({ subject: name, dimensions: { TableName: name } })),
    },
  ];
}

function ofSource({ namespace, subjects }: Source, metrics: readonly Metric[]): SelectedFigure[] {
  return subjects.flatMap(({ subject, dimensions }) =>
    metrics.map(([name, statistic, unit]) => {
      return { subject, unit, query: { id: "", namespace, name, statistic, dimensions } };
    }),
  );
}

/** `Errors`, in whatever case; or any name in a namespace, such as `AWS/Lambda:IteratorAge`. */
function named(sources: readonly Source[], asked: string): SelectedFigure[] {
  const at = asked.lastIndexOf(":");
  const name = asked.slice(at + 1);
  const inNamespace = sources.filter(
    ({ namespace }) => at === -1 || namespace.toLowerCase() === asked.slice(0, at).toLowerCase(),
  );
  for (const source of inNamespace) {
    const metric = source.metrics.find(([one]) => one.toLowerCase() === name.toLowerCase());
    if (metric !== undefined) return ofSource(source, [metric]);
  }
  const [source] = inNamespace;
  // AWS has more of them than are listed here, and there will be others.
  if (at !== -1 && name !== "" && source !== undefined) {
    return ofSource(source, [[name, "Sum", "count"]]);
  }
  const known = [...new Set(sources.flatMap(({ metrics }) => metrics.map(([one]) => one)))];
  const namespaces = [...new Set(sources.map(({ namespace }) => namespace))];
  const near = nearest(asked, known);
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `There is no metric "${asked}" here. There are ${known.join(", ")}; others are written with their namespace, which is one of ${namespaces.join(", ")}.`,
    fix: `write --metric ${near ?? `${namespaces[0]}:NAME`}`,
    at: "--metric",
  });
}
