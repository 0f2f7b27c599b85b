import { enter } from "./enter-value.ts";
import { type Metric, perRoute } from "./metrics.ts";

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (2026-11-27) */
const units = [
  "Seconds",
  "Microseconds",
  "Milliseconds",
  "Bytes",
  "Kilobytes",
  "Megabytes",
  "Gigabytes",
  "Terabytes",
  "Bits",
  "Kilobits",
  "Megabits",
  "Gigabits",
  "Terabits",
  "Percent",
  "Count",
  "Bytes/Second",
  "Kilobytes/Second",
  "Megabytes/Second",
  "Gigabytes/Second",
  "Terabytes/Second",
  "Bits/Second",
  "Kilobits/Second",
  "Megabits/Second",
  "Gigabits/Second",
  "Terabits/Second",
  "Count/Second",
  "None",
] as const;

export type MetricUnit = (typeof units)[number];

export interface MetricOptions<
  Values extends Readonly<Record<string, readonly string[]>> = Readonly<Record<never, never>>,
> {
  /** Such as `OrdersPlaced`: 1 to 1024 characters of ASCII, none of the names that log lines have. */
  readonly name: string;
  /** @default "Count" */
  readonly unit?: MetricUnit;
  /** A figure for each route of the service, too. @default false */
  readonly perRoute?: boolean;
  /**
   * Every value that a dimension can have. CloudWatch makes a metric of each combination, and takes money
   * for each: an id or a path has no end of values, so there is no way to give one.
   */
  readonly dimensions?: Values;
}

/**
 * The spec's, for dimensions and names.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html (2026-11-27)
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html (2026-11-27)
 */
const limits = { dimensions: 30, metricName: 1024, dimensionName: 250, dimensionValue: 1024 };

/** Ours: at $0.30 for each metric and month, more than $30 is more likely a mistake than a wish. */
const maxCombinations = 100;

/** What the toolkit's own lines have: a metric of this name would take its place. */
const taken =
  /^(?:__proto__|_aws|level|message|timestamp|service|environment|cold_start|function_\w+|xray_trace_id|correlation_id|http_\w+|duration_ms|code_cache_rejected|errors?|route|not_logged|reason|ColdStart|Latency|ValidationFailures|IdempotentReplays|Conflicts)$/;

/**
 * A metric of a service's own. Defined once, at a module's top: whatever is wrong with it shows at the first
 * start on a developer's machine.
 *
 * @example
 * const orders = defineMetric({ name: "OrdersPlaced", dimensions: { channel: ["web", "shop"] } });
 * request.metrics.add(orders, 1, { channel: "web" });
 * @throws {TypeError} CloudWatch would refuse it, or drop it without a word
 */
export function defineMetric<
  const Values extends Readonly<Record<string, readonly string[]>> = Readonly<Record<never, never>>,
>({
  name,
  unit = "Count",
  perRoute: isPerRoute = false,
  dimensions = {} as Values,
}: MetricOptions<Values>): Metric<{ readonly [Name in keyof Values]: Values[Name][number] }> {
  const refuse = (why: string): never => {
    throw new TypeError(`The metric "${name}" ${why}.`);
  };
  if (!isText(name, limits.metricName)) refuse("needs a name of 1 to 1024 characters of ASCII");
  if (taken.test(name)) refuse("has a name that log lines have already");
  if (!units.includes(unit)) refuse(`has the unit "${unit}", which CloudWatch does not know`);
  const entries: [string, readonly string[]][] = Object.entries(dimensions);
  const names = [...(isPerRoute ? ["route"] : []), ...Object.keys(dimensions)];
  if (names.length > limits.dimensions) refuse(`has ${names.length} dimensions, of at most 30`);
  for (const [dimension, values] of entries) {
    if (!isText(dimension, limits.dimensionName) || dimension.startsWith(":"))
      refuse(`has a dimension "${dimension}", whose name is not 1 to 250 characters of ASCII`);
    if (taken.test(dimension) || dimension === name)
      refuse(`has a dimension "${dimension}", which log lines have already`);
    if (values.length === 0) refuse(`has a dimension "${dimension}" without a value`);
    const wrong = values.find((value) => !isText(value, limits.dimensionValue));
    if (wrong !== undefined) refuse(`has a value "${wrong}" that is not 1 to 1024 of ASCII`);
  }
  const combinations = entries.reduce((product, [, values]) => product * values.length, 1);
  if (combinations > maxCombinations)
    refuse(`has ${combinations} combinations of dimensions, each a metric to pay; at most 100`);
  const metric: Metric<{ readonly [Name in keyof Values]: Values[Name][number] }> = {
    definition: { Name: name, Unit: unit },
    dimensions: sameList(names),
    enter: (metrics, value, given) =>
      enter(metrics, metric as Metric, { value, given: given ?? {}, known: entries }),
  };
  return metric;
}

const lists = new Map([[perRoute.join(), perRoute]]);

/** One list for all metrics with these dimensions: they share a directive, which makes lines shorter. */
function sameList(names: readonly string[]): readonly string[] {
  const key = names.join("\n");
  const list = lists.get(key) ?? names;
  lists.set(key, list);
  return list;
}

/** Printable ASCII, and not blank. */
function isText(text: string, longest: number): boolean {
  return text.length <= longest && /^[ -~]+$/.test(text) && text.trim() !== "";
}
