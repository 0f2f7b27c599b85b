import { metricsLogMessage } from "../names.ts";

/** A figure that stands in a log line, in CloudWatch's embedded metric format. */
export interface EmbeddedFigure {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

/** Nearly all lines have none, and are not looked at any further. */
const hint = '"_aws"';

/**
 * The figures that CloudWatch would read out of a line; none where it would not.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html (2026-11-27)
 */
export function embeddedFigures(line: string): EmbeddedFigure[] {
  const root = rootOf(line);
  if (root === undefined) return [];
  return directivesOf(root).flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = names.map((name) => [name, root[name]] as const);
      if (!dimensions.every(([, value]) => typeof value === "string")) return [];
      return Metrics.flatMap(({ Name, Unit }) => {
        const values = [root[Name]].flat().filter((value) => Number.isFinite(value)) as number[];
        const figure: EmbeddedFigure = {
          namespace: String(Namespace),
          name: Name,
          unit: String(Unit ?? "None"),
          dimensions: Object.fromEntries(dimensions) as Record<string, string>,
          values,
        };
        return values.length === 0 ? [] : [figure];
      });
    }),
  );
}

/** The line for a person: without the figures, which have a view of their own; undefined where nothing is left to say. */
export function withoutFigures(line: string): string | undefined {
  const root = rootOf(line);
  if (root === undefined) return line;
  if (root.message === metricsLogMessage) return undefined;
  const names = directivesOf(root).flatMap(({ Dimensions, Metrics }) => [
    ...Metrics.map(({ Name }) => Name),
    // What is known of the line without its figures, too, stays.
    ...Dimensions.flat().filter((name) => !name.startsWith("function_")),
  ]);
  const left = Object.entries(root).filter(([name]) => name !== "_aws" && !names.includes(name));
  return line.slice(0, line.indexOf("{")) + JSON.stringify(Object.fromEntries(left));
}

type Root = Readonly<Record<string, unknown>>;

interface Directive {
  readonly Namespace: unknown;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit?: unknown }[];
}

function rootOf(line: string): Root | undefined {
  if (!line.includes(hint)) return undefined;
  try {
    // Lambda may have put time, id and level before it.
    const root: unknown = JSON.parse(line.slice(line.indexOf("{")));
    return isObject(root) && isObject(root._aws) ? root : undefined;
  } catch {
    return undefined;
  }
}

/** Anybody may write such a line, and not as the specification has it. */
function directivesOf({ _aws }: Root): Directive[] {
  const { CloudWatchMetrics } = _aws as Root;
  if (!Array.isArray(CloudWatchMetrics)) return [];
  return CloudWatchMetrics.filter(isObject).map(({ Namespace, Dimensions, Metrics }) => ({
    Namespace,
    Dimensions: listOf(Dimensions).map((names) =>
      listOf(names).filter((name) => typeof name === "string"),
    ),
    Metrics: listOf(Metrics).filter(
      (metric): metric is Directive["Metrics"][number] =>
        isObject(metric) && typeof metric.Name === "string",
    ),
  }));
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Root {
  return typeof value === "object" && value !== null;
}
