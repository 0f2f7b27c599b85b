import type { MetricPoint, MetricQuery, MetricWindow } from "../../aws/index.ts";
import { type FunctionUse, type MeasuredUse, Rational } from "../../evaluate/index.ts";
import type { ServicePlan } from "../../plan/index.ts";

/** Where figures come from: CloudWatch. */
export interface FigureSource {
  read(
    queries: readonly MetricQuery[],
    window: MetricWindow,
  ): Promise<ReadonlyMap<string, readonly MetricPoint[]>>;
}

const dayMs = 86_400_000;

/**
 * What a service has used in the last days. What it has no figures of is zero.
 *
 * @param now the end of the time
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html (2026-11-27)
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html (2026-11-27)
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html (2026-11-27)
 */
export async function measureUse(
  plan: ServicePlan,
  source: FigureSource,
  days: number,
  now: Date,
): Promise<MeasuredUse> {
  const wanted = new Wanted();
  const { api } = plan;
  const apiRequests = wanted.sum("AWS/ApiGateway", "Count", {
    ApiName: api.name,
    Stage: api.stage,
  });
  const accessLogBytes = wanted.sum("AWS/Logs", "IncomingBytes", {
    LogGroupName: api.logGroup.name,
  });
  const functions = plan.functions.map(({ key, name, logGroup }) => {
    const figure = (metric: string) => wanted.sum("AWS/Lambda", metric, { FunctionName: name });
    return {
      key,
      invocations: figure("Invocations"),
      durationMs: figure("Duration"),
      logBytes: wanted.sum("AWS/Logs", "IncomingBytes", { LogGroupName: logGroup.name }),
    };
  });
  const tables = plan.tables.map(({ key, name, indexes }) => {
    const places = [
      { TableName: name },
      ...indexes.map((one) => ({ TableName: name, GlobalSecondaryIndexName: one.name })),
    ];
    const figures = (metric: string) =>
      places.map((dimensions) => wanted.sum("AWS/DynamoDB", metric, dimensions));
    return {
      key,
      reads: figures("ConsumedReadCapacityUnits"),
      writes: figures("ConsumedWriteCapacityUnits"),
    };
  });

  const window = {
    from: new Date(now.getTime() - days * dayMs),
    to: now,
    // The longest that every figure of that age is still kept for.
    periodSeconds: 3_600,
  };
  const series = await source.read(wanted.queries, window);
  const of = (id: string) =>
    Rational.sum((series.get(id) ?? []).map(({ value }) => Rational.of(value.toFixed(3))));
  const together = (ids: readonly string[]) => Rational.sum(ids.map(of));
  return {
    days: Rational.of(days),
    apiRequests: of(apiRequests),
    accessLogBytes: of(accessLogBytes),
    functions: new Map(
      functions.map(({ key, invocations, durationMs, logBytes }) => [
        key,
        {
          invocations: of(invocations),
          durationMs: of(durationMs),
          logBytes: of(logBytes),
        } satisfies FunctionUse,
      ]),
    ),
    tables: new Map(
      tables.map(({ key, reads, writes }) => [
        key,
        { reads: together(reads), writes: together(writes) },
      ]),
    ),
  };
}

/** Figures that are asked for together, each under an id of its own. */
class Wanted {
  readonly queries: MetricQuery[] = [];

  /** @returns the id that it is answered under */
  sum(namespace: string, name: string, dimensions: Readonly<Record<string, string>>): string {
    const id = `figure${this.queries.length}`;
    this.queries.push({ id, namespace, name, statistic: "Sum", dimensions });
    return id;
  }
}
