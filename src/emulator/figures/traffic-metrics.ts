import type { Account } from "../deployed/account.ts";
import { every } from "../live/every.ts";
import type { Traffic } from "../live/traffic.ts";
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
  const batches = new Map<string, Batch>();
  const put = async () => {
    const now = [...batches.values()];
    batches.clear();
    const namespaces = new Set(now.map(({ datum }) => datum.namespace));
    for (const namespace of namespaces) {
      const all = now.filter(({ datum }) => datum.namespace === namespace);
      for (let first = 0; first < all.length; first += maxMetrics) {
        const body = requestOf(namespace, all.slice(first, first + maxMetrics));
        await account.ask("monitoring", "/", { method: "POST", body });
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
    },
  };
}

/** As AWS's query protocol has it: lists are numbered from 1. */
function requestOf(namespace: string, batches: readonly Batch[]): URLSearchParams {
  const request = new URLSearchParams({
    Action: "PutMetricData",
    Version: "2010-08-01",
    Namespace: namespace,
  });
  for (const [index, batch] of batches.entries()) {
    const metric = `MetricData.member.${index + 1}`;
    for (const [name, value] of metricOf(batch)) request.set(`${metric}.${name}`, String(value));
  }
  return request;
}

function metricOf({ datum: { at, name, dimensions, unit }, values }: Batch) {
  return [
    ["MetricName", name],
    ...Object.entries(dimensions).flatMap(([key, value], index) => [
      [`Dimensions.member.${index + 1}.Name`, key],
      [`Dimensions.member.${index + 1}.Value`, value],
    ]),
    ["Timestamp", new Date(at).toISOString()],
    ["Unit", unit],
    ["StatisticValues.SampleCount", values.length],
    ["StatisticValues.Sum", values.reduce((sum, value) => sum + value, 0)],
    ["StatisticValues.Minimum", Math.min(...values)],
    ["StatisticValues.Maximum", Math.max(...values)],
  ] as const;
}
