import type { CloudWatchClient, MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";

/** A figure that is asked for. A service plan's metrics have this form. */
export interface MetricQuery {
  /** Under what it is answered: a small letter first, then letters, digits and `_`. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  /** `Sum`, `Average`, `Maximum`, `SampleCount`, or a percentile such as `p99`. */
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface MetricWindow {
  readonly from: Date;
  readonly to: Date;
  /** A multiple of 60; figures that are over 15 days old need 300, and over 63 days 3600. */
  readonly periodSeconds: number;
}

/** What a figure was in one period. Where nothing happened there is no point. */
export interface MetricPoint {
  /** When the period began, in milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html (2026-11-27) */
const queriesInOneCall = 500;

/** Figures that CloudWatch keeps. Every call throws what `awsError` says. */
export class Metrics {
  readonly #call: Call<typeof import("@aws-sdk/client-cloudwatch"), CloudWatchClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-cloudwatch"),
      (cloudWatch) => new cloudWatch.CloudWatchClient({ region, ...access }),
    );
  }

  /** The points of each, oldest first, by its id: an empty list where there are none. */
  async read(
    queries: readonly MetricQuery[],
    window: MetricWindow,
  ): Promise<ReadonlyMap<string, readonly MetricPoint[]>> {
    const series = new Map<string, MetricPoint[]>(queries.map(({ id }) => [id, []]));
    for (let start = 0; start < queries.length; start += queriesInOneCall) {
      await this.#readInto(series, queries.slice(start, start + queriesInOneCall), window);
    }
    for (const points of series.values()) points.sort((one, other) => one.at - other.at);
    return series;
  }

  async #readInto(
    series: ReadonlyMap<string, MetricPoint[]>,
    queries: readonly MetricQuery[],
    { from, to, periodSeconds }: MetricWindow,
  ): Promise<void> {
    let next: string | undefined;
    do {
      const token = next;
      next = await this.#call("read metrics", async (client, { GetMetricDataCommand }) => {
        const { MetricDataResults = [], NextToken } = await client.send(
          new GetMetricDataCommand({
            MetricDataQueries: queries.map((query) => metricDataQuery(query, periodSeconds)),
            StartTime: from,
            EndTime: to,
            ScanBy: "TimestampAscending",
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        );
        for (const { Id = "", Timestamps = [], Values = [] } of MetricDataResults) {
          const points = Timestamps.map((at, index) => ({
            at: at.getTime(),
            value: Values[index] ?? 0,
          }));
          series.get(Id)?.push(...points);
        }
        return NextToken;
      });
    } while (next !== undefined);
  }
}

function metricDataQuery(
  { id, namespace, name, statistic, dimensions }: MetricQuery,
  periodSeconds: number,
): MetricDataQuery {
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: periodSeconds,
      Stat: statistic,
    },
  };
}
