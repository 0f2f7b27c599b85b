import { environmentVariables, type ServiceMetric, serviceMetrics } from "../names.ts";
import type { EmbeddedMetrics, RequestLog } from "./log.ts";

/**
 * What a function measures, in CloudWatch's embedded metric format: a member `_aws` of a log line says which
 * of the line's other members are metrics, and CloudWatch reads them. No call is made, no permission is needed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html (2026-11-27)
 */

/** What a metric is, apart from its values. Own ones are made by `defineMetric`. */
export interface Metric<Dimensions extends DimensionValues = NoDimensions> {
  readonly definition: { readonly Name: string; readonly Unit: string };
  /** The names of its dimensions. Metrics with the very same list share a directive. */
  readonly dimensions: readonly string[];
  /** How a value gets in that has to be looked at first: only functions with own metrics carry what that needs. */
  readonly enter?: (metrics: RequestMetrics, value: number, dimensions?: Dimensions) => void;
}

/** Dimensions of a metric by name, each with its value. */
export type DimensionValues = Readonly<Record<string, string>>;
export type NoDimensions = Readonly<Record<never, string>>;

/** What the toolkit counts for each route, where a service says so. */
export type ServiceCount = "IdempotentReplays";

/** The metrics of one request. They are written with the line that the request ends with. */
export interface Metrics {
  /** Counts one: `request.metrics.add("IdempotentReplays")`. */
  add(name: ServiceCount): void;
  /**
   * Adds a value of an own metric. Counts of a request are summed up, other values stand beside each other.
   *
   * A value that CloudWatch would refuse, or a dimension outside of those that were defined, is left out and
   * logged as a warning: no caller's request fails for the sake of a figure.
   * @throws {TypeError} instead, on a developer's machine
   */
  add<Dimensions extends DimensionValues>(
    metric: Metric<Dimensions>,
    value: number,
    ...dimensions: keyof Dimensions extends never ? [] : [Dimensions]
  ): void;
}

/** One list for all of them, so that they share a directive. */
export const perRoute: readonly string[] = ["route"];

function metric({ name, unit, dimension }: ServiceMetric): Metric {
  const dimensions = dimension === "route" ? perRoute : [dimension];
  return { definition: { Name: name, Unit: unit }, dimensions };
}

export const coldStart = metric(serviceMetrics.coldStart);
export const conflicts = metric(serviceMetrics.conflicts);
export const validationFailures = metric(serviceMetrics.validationFailures);
export const latency = metric(serviceMetrics.latency);
const idempotentReplays = metric(serviceMetrics.idempotentReplays);

/** Which members of a line are metrics, and by which of them they are told apart. */
interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly [readonly string[]];
  readonly Metrics: Metric["definition"][];
}

/** @see Metrics */
export class RequestMetrics implements Metrics {
  readonly #namespace = process.env[environmentVariables.metricsNamespace];
  readonly #route: string;
  readonly log: RequestLog;
  readonly values = new Map<Metric, number | readonly number[]>();
  /** Besides the route. A line has one value for each. */
  dimensions: Record<string, string> = {};

  /** @param route such as `GET /v1.0/products/{productId}`: the template, never a path that somebody has sent */
  constructor(route: string, log: RequestLog) {
    this.#route = route;
    this.log = log;
  }

  add(
    metric: Metric<DimensionValues> | ServiceCount,
    value = 1,
    dimensions?: DimensionValues,
  ): void {
    if (typeof metric === "string") this.values.set(idempotentReplays, 1);
    else if (metric.enter === undefined) this.values.set(metric, value);
    else metric.enter(this, value, dimensions);
  }

  /** All that was measured since it was asked last; undefined where that is nothing. */
  take(): EmbeddedMetrics | undefined {
    if (this.values.size === 0 || this.#namespace === undefined) return undefined;
    const directives: Directive[] = [];
    const embedded: Record<string, unknown> = {
      _aws: { Timestamp: Date.now(), CloudWatchMetrics: directives },
      route: this.#route,
      ...this.dimensions,
    };
    for (const [{ definition, dimensions }, value] of this.values) {
      let directive = directives.find(({ Dimensions: [names] }) => names === dimensions);
      if (directive === undefined) {
        directive = { Namespace: this.#namespace, Dimensions: [dimensions], Metrics: [] };
        directives.push(directive);
      }
      directive.Metrics.push(definition);
      embedded[definition.Name] = value;
    }
    this.values.clear();
    this.dimensions = {};
    return embedded;
  }
}
