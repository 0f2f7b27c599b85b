import type { MetricPoint, MetricQuery } from "../../aws/index.ts";

/** How far a replica of a table is behind the one that is written to. */
export type Replication =
  /** The worst of the last minutes. */
  | { readonly is: "known"; readonly behindSeconds: number; readonly at: string }
  /** Nothing was written since, so that there is nothing to wait for. */
  | { readonly is: "quiet"; readonly since: string }
  | { readonly is: "unknown"; readonly why: string; readonly last: KnownLag | null };

interface KnownLag {
  readonly behindSeconds: number;
  readonly at: string;
}

/** How far back is looked, and how old the newest figure may be: CloudWatch has them some minutes late. */
export const replicationMinutes = { window: 30, fresh: 5 } as const;

/**
 * What CloudWatch is asked for. DynamoDB measures the lag in milliseconds for every pair of regions.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_monitoring.html (2026-11-27)
 */
export function replicationQueries(table: string, receivingRegion: string): MetricQuery[] {
  return [
    {
      id: "behind",
      namespace: "AWS/DynamoDB",
      name: "ReplicationLatency",
      statistic: "Maximum",
      dimensions: { TableName: table, ReceivingRegion: receivingRegion },
    },
    {
      id: "written",
      namespace: "AWS/DynamoDB",
      name: "ConsumedWriteCapacityUnits",
      statistic: "Sum",
      dimensions: { TableName: table },
    },
  ];
}

/**
 * What the figures of the region that is written to say.
 *
 * @param now in milliseconds since 1970
 */
export function judgeReplication(
  behind: readonly MetricPoint[],
  written: readonly MetricPoint[],
  now: number,
): Replication {
  const minute = 60_000;
  const fresh = behind.filter(({ at }) => at >= now - replicationMinutes.fresh * minute);
  const worst = newestOf(fresh);
  if (worst !== undefined) {
    const milliseconds = Math.max(...fresh.map(({ value }) => value));
    return { is: "known", behindSeconds: milliseconds / 1_000, at: isoOf(worst.at) };
  }
  const last = newestOf(behind);
  const since = last?.at ?? now - replicationMinutes.window * minute;
  const after = written.filter(({ at, value }) => value > 0 && at > since);
  if (after.length === 0) return { is: "quiet", since: isoOf(since) };
  return {
    is: "unknown",
    why: "it was written to, and CloudWatch has no figure of what arrived",
    last: lastKnown(behind),
  };
}

/** The newest figure that there is, however old. */
export function lastKnown(behind: readonly MetricPoint[]): KnownLag | null {
  const last = newestOf(behind);
  return last === undefined ? null : { behindSeconds: last.value / 1_000, at: isoOf(last.at) };
}

/**
 * What may be missing where callers are led, in sentences; none where all that was written is there within the limit.
 *
 * @param pair such as `eu-west-1 is behind af-south-1`
 */
export function lossesOf(
  replication: Readonly<Record<string, Replication>>,
  limitSeconds: number,
  { from, to }: { readonly from: string; readonly to: string },
): string[] {
  return Object.entries(replication).flatMap(([table, state]): string[] => {
    if (state.is === "quiet") return [];
    if (state.is === "known") {
      const { behindSeconds, at } = state;
      if (behindSeconds <= limitSeconds) return [];
      return [
        `${table}: ${to} is ${secondsText(behindSeconds)} behind ${from} at ${at}, and may be ${secondsText(limitSeconds)}`,
      ];
    }
    const { why, last } = state;
    const known =
      last === null
        ? "nothing is known of before"
        : `the last that is known is ${secondsText(last.behindSeconds)}, at ${last.at}`;
    return [`${table}: how far ${to} is behind ${from} is not known: ${why}; ${known}`];
  });
}

function secondsText(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}

function newestOf(points: readonly MetricPoint[]): MetricPoint | undefined {
  return points.reduce<MetricPoint | undefined>(
    (newest, point) => (newest === undefined || point.at > newest.at ? point : newest),
    undefined,
  );
}

function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
