import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { Access } from "./access.ts";
import { metricAlarms } from "./metric-alarms.ts";
import { type MetricQuery, Metrics } from "./metrics.ts";
import { type Call, serviceCalls } from "./service-calls.ts";

/** An alarm that fires. */
export interface FiringAlarm {
  readonly name: string;
  /** As CloudWatch words it. */
  readonly reason: string;
}

/** How often one version of a function was called by way of an alias, and how often it failed. */
export interface VersionFigures {
  readonly functionName: string;
  readonly invocations: number;
  readonly errors: number;
}

/** What CloudWatch knows. Every call throws what `awsError` says. */
export class Signals {
  readonly #call: Call<typeof import("@aws-sdk/client-cloudwatch"), CloudWatchClient>;
  readonly #metrics: Metrics;

  constructor(region: string, access: Access = {}) {
    this.#metrics = new Metrics(region, access);
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-cloudwatch"),
      (cloudWatch) => new cloudWatch.CloudWatchClient({ region, ...access }),
    );
  }

  /** Those of these alarms that fire now. */
  async firing(alarms: readonly string[]): Promise<FiringAlarm[]> {
    const found = await metricAlarms(this.#call, "look which alarms fire", alarms);
    // Not asked for by state: emulators do not look at it where there are names.
    return found
      .filter(({ StateValue }) => StateValue === "ALARM")
      .map(({ AlarmName = "", StateReason = "" }) => ({ name: AlarmName, reason: StateReason }));
  }

  /** What became of the calls that an alias gave to these versions since then. */
  async figuresOf(
    versions: readonly { readonly functionName: string; readonly version: string }[],
    alias: string,
    since: Date,
  ): Promise<VersionFigures[]> {
    const queries = versions.flatMap((one, index) => [
      sumOf(`invocations${index}`, "Invocations", one, alias),
      sumOf(`errors${index}`, "Errors", one, alias),
    ]);
    const figures = await this.#metrics.read(queries, {
      // A minute is the smallest period, and begins at a full one.
      from: new Date(Math.floor(since.getTime() / 60_000) * 60_000),
      to: new Date(Date.now() + 60_000),
      periodSeconds: 60,
    });
    const total = (id: string) =>
      (figures.get(id) ?? []).reduce((sum, { value }) => sum + value, 0);
    return versions.map(({ functionName }, index) => ({
      functionName,
      invocations: total(`invocations${index}`),
      errors: total(`errors${index}`),
    }));
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html (2026-11-26) */
function sumOf(
  id: string,
  name: string,
  { functionName, version }: { readonly functionName: string; readonly version: string },
  alias: string,
): MetricQuery {
  const dimensions = {
    FunctionName: functionName,
    Resource: `${functionName}:${alias}`,
    ExecutedVersion: version,
  };
  return { id, namespace: "AWS/Lambda", name, statistic: "Sum", dimensions };
}
