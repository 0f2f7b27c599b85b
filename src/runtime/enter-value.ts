import { environmentVariables, localEnvironment } from "../names.ts";
import type { Log } from "./log.ts";
import type { DimensionValues, Metric, RequestMetrics } from "./metrics.ts";

/** CloudWatch takes 100 values of one metric, and 100 metrics in one directive, of which the toolkit has five. */
const most = { values: 100, metrics: 95 };

/**
 * CloudWatch refuses values outside of these.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (2026-11-27)
 */
const largest = 2 ** 360;

interface Entry {
  readonly value: number;
  readonly given: DimensionValues;
  /** The metric's dimensions, each with all values that it can have. */
  readonly known: readonly (readonly [string, readonly string[]])[];
}

/**
 * Adds a value of an own metric to a request's. Counts are summed up, other values stand beside each other;
 * what fits on no line with the rest makes those before it a line of their own.
 */
export function enter(metrics: RequestMetrics, metric: Metric, entry: Entry): void {
  const problem = problemOf(metric, entry);
  if (problem !== undefined) {
    refuse(problem, metrics.log);
    return;
  }
  const { value, given } = entry;
  if (!fits(metrics, metric, given)) {
    const before = metrics.take();
    if (before !== undefined) metrics.log.measured(before);
  }
  Object.assign(metrics.dimensions, given);
  const known = metrics.values.get(metric);
  const isCount = metric.definition.Unit === "Count";
  if (known === undefined) metrics.values.set(metric, value);
  else metrics.values.set(metric, isCount ? Number(known) + value : [known, value].flat());
}

/** A figure that cannot be right is a mistake to see at once where it is made, and no reason to fail elsewhere. */
function refuse(problem: string, log: Log): void {
  if (process.env[environmentVariables.environment] === localEnvironment) {
    throw new TypeError(problem);
  }
  log.warn("a metric was left out", { problem });
}

function problemOf(metric: Metric, { value, given, known }: Entry): string | undefined {
  const { Name } = metric.definition;
  if (!Number.isFinite(value) || Math.abs(value) > largest) {
    return `${Name} cannot be ${value}: CloudWatch takes no such number`;
  }
  if (Object.keys(given).length !== known.length) {
    const names = known.map(([name]) => name).join(", ");
    return `${Name} takes ${names === "" ? "no dimensions" : `the dimensions ${names}`}`;
  }
  const unknown = known.find(([name, values]) => !values.includes(given[name] ?? ""));
  return unknown && `${Name} has no ${unknown[0]} "${given[unknown[0]]}": define it first`;
}

function fits({ values, dimensions }: RequestMetrics, metric: Metric, given: DimensionValues) {
  const known = values.get(metric);
  const hasRoom = Array.isArray(known)
    ? known.length < most.values
    : known !== undefined || values.size < most.metrics;
  return (
    hasRoom && Object.entries(given).every(([name, value]) => (dimensions[name] ?? value) === value)
  );
}
