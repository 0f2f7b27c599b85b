import { PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import type { Account } from "../../../src/emulator/deployed/account.ts";
import { every } from "../../../src/emulator/live/every.ts";
import type { Traffic } from "../../../src/emulator/live/traffic.ts";
import { cloudWatchOf } from "../cloud-watch.ts";
import { type Datum, datumsOf, seriesOf } from "./datums.ts";

export interface TrafficMetrics {
  readonly observe: (traffic: Traffic) => void;
  /** Puts what is left. */
  stop(): Promise<void>;
}

/** The values of a metric since the last time, as CloudWatch takes them together. */
interface Batch {
  readonly datum: Datum;
  readonly values: number[];
}

/** Of one call. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html (2026-11-26) */
const maxMetrics = 1_000;

/**
 * Gives CloudWatch what AWS would give it of this traffic, several times a second: `GetMetricData` finds it,
 * where AWS's own metrics come a minute or two late. The emulator has no percentiles: that of the latency
 * is asked for in vain.
 */
export function trafficMetrics(account: Account, everyMilliseconds = 300): TrafficMetrics {
  const client = cloudWatchOf(account);
  const batches = new Map<string, Batch>();
  const put = async () => {
    const now = [...batches.values()];
    batches.clear();
    const namespaces = new Set(now.map(({ datum }) => datum.namespace));
    for (const Namespace of namespaces) {
      const all = now.filter(({ datum }) => datum.namespace === Namespace).map(metricOf);
      for (let first = 0; first < all.length; first += maxMetrics) {
        const MetricData = all.slice(first, first + maxMetrics);
        await client.send(new PutMetricDataCommand({ Namespace, MetricData }));
      }
    }
  };
  const end = every(everyMilliseconds, put);
  return {
    observe(traffic) {
      for (const datum of datumsOf(traffic)) {
        const series = seriesOf(datum);
        const batch = batches.get(series) ?? { datum, values: [] };
        batches.set(series, batch);
        batch.values.push(datum.value);
      }
    },
    async stop() {
      await end();
      await put();
      client.destroy();
    },
  };
}

function metricOf({ datum: { at, name, dimensions, unit }, values }: Batch) {
  return {
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Timestamp: new Date(at),
    Unit: unit,
    StatisticValues: {
      SampleCount: values.length,
      Sum: values.reduce((sum, value) => sum + value, 0),
      Minimum: Math.min(...values),
      Maximum: Math.max(...values),
    },
  };
}
