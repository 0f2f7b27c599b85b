import type { Answered, Invoked, Traffic } from "../live/traffic.ts";

/** One value of one of CloudWatch's metrics. */
export interface Datum {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: "Count" | "Milliseconds";
  readonly value: number;
}

/** What AWS reports of a piece of traffic: a 0 as well, so that a rate can be made of it. */
export function datumsOf(traffic: Traffic): Datum[] {
  return traffic.type === "invoked" ? ofInvocation(traffic) : ofAnswer(traffic);
}

/**
 * For the function, for its alias, and for the version that the alias has led to.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
function ofInvocation(invoked: Invoked): Datum[] {
  const { at, functionName, alias, version, outcome, milliseconds } = invoked;
  const FunctionName = functionName;
  const Resource = `${functionName}:${alias}`;
  const count = (value: boolean) => ({ unit: "Count", value: value ? 1 : 0 }) as const;
  // What was throttled was not invoked: it counts nowhere else.
  const values =
    outcome === "throttled"
      ? { Throttles: count(true) }
      : {
          Invocations: count(true),
          Errors: count(outcome === "failed"),
          Throttles: count(false),
          Duration: { unit: "Milliseconds", value: milliseconds } as const,
        };
  return [
    { FunctionName },
    { FunctionName, Resource },
    { FunctionName, Resource, ExecutedVersion: version },
  ].flatMap((dimensions) =>
    Object.entries(values).map(([name, value]) => {
      return { at, namespace: "AWS/Lambda", name, dimensions, ...value };
    }),
  );
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
function ofAnswer({ at, apiName, stage, status, milliseconds }: Answered): Datum[] {
  const dimensions = { ApiName: apiName, Stage: stage };
  const datum = (name: string, value: number, unit: Datum["unit"] = "Count"): Datum => {
    return { at, namespace: "AWS/ApiGateway", name, dimensions, unit, value };
  };
  return [
    datum("Count", 1),
    datum("4XXError", status >= 400 && status < 500 ? 1 : 0),
    datum("5XXError", status >= 500 ? 1 : 0),
    datum("Latency", milliseconds, "Milliseconds"),
  ];
}

/** The same for all values of one metric. */
export function seriesOf({
  namespace,
  name,
  dimensions,
}: Pick<Datum, "namespace" | "name" | "dimensions">): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}
