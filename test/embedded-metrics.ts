import { readFileSync } from "node:fs";
import { Ajv } from "ajv";

const schema = JSON.parse(
  readFileSync(new URL("golden/embedded-metric-format.schema.json", import.meta.url), "utf8"),
);
const ajv = new Ajv({ allErrors: true });
const validate = ajv.compile(schema);

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit?: string }[];
}

/** One figure as CloudWatch would keep it. */
export interface Figure {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

/**
 * The figures that CloudWatch would read out of a log line; none where it has no `_aws`.
 *
 * It is written from the specification and from nothing of ours: AWS's JSON schema, and what is said there in
 * words alone, that a dimension's value is a text, a metric's a number or up to 100 of them, at the root.
 * @throws {Error} CloudWatch would drop the line's metrics
 */
export function figuresOf(line: string): Figure[] {
  const root = JSON.parse(line);
  if (root._aws === undefined) return [];
  const hasForm: boolean = validate(root);
  if (!hasForm) throw new Error(`${ajv.errorsText(validate.errors)}: ${line}`);
  const age = Date.now() - root._aws.Timestamp;
  if (Math.abs(age) > 60_000) throw new Error(`measured ${age} ms ago: ${line}`);
  const directives: readonly Directive[] = root._aws.CloudWatchMetrics;
  return directives.flatMap(({ Namespace, Dimensions, Metrics }) => {
    if (Metrics.length > 100) throw new Error(`${Metrics.length} metrics in one directive`);
    return Dimensions.flatMap((names) =>
      Metrics.map(({ Name, Unit = "None" }) => ({
        namespace: Namespace,
        name: Name,
        unit: Unit,
        dimensions: Object.fromEntries(names.map((name) => [name, textAt(root, name)])),
        values: numbersAt(root, Name),
      })),
    );
  });
}

function textAt(root: Readonly<Record<string, unknown>>, name: string): string {
  const value = root[name];
  if (typeof value !== "string" || value === "" || value.length > 1024) {
    throw new Error(`the dimension ${name} is ${JSON.stringify(value)}`);
  }
  return value;
}

function numbersAt(root: Readonly<Record<string, unknown>>, name: string): number[] {
  const values = [root[name]].flat();
  const isRight = values.length >= 1 && values.length <= 100 && values.every(Number.isFinite);
  if (!isRight) throw new Error(`the metric ${name} is ${JSON.stringify(root[name])}`);
  return values as number[];
}
