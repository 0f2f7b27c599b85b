import { nearest } from "../errors/index.ts";
import { type FieldSpec, fieldTypes } from "./service-spec.ts";

/** Something that a new service cannot be, and what to write instead. */
export interface SpecProblem {
  /** The option, or argument, that it is about, such as `--field`. */
  readonly at: string;
  readonly message: string;
  readonly fix: string;
}

const form =
  /^(?<name>[^:?=]+)(?<optional>\?)?(?::(?<type>[^:=]*))?(?::(?<limits>[^=]*))?(?:=(?<example>.*))?$/s;

/**
 * Reads a field as it is typed: `NAME[?]:TYPE[:LIMITS][=EXAMPLE]`, such as `title:text:1..200`, `note?:text`,
 * `state:choice:open|closed=open`. Without a type it is a text.
 */
export function readField(text: string): FieldSpec | SpecProblem {
  const refused = (message: string, fix: string): SpecProblem => ({
    at: "--field",
    message: `--field "${text}" ${message}`,
    fix,
  });
  const {
    name = "",
    optional,
    type: named = "text",
    limits,
    example,
  } = form.exec(text)?.groups ?? {};
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
    return refused("has no name in camelCase.", "write it as --field title:text:1..200");
  }
  const type = fieldTypes.find((one) => one === named);
  if (type === undefined) {
    const near = nearest(named, fieldTypes) ?? fieldTypes.join(", ");
    return refused(`is of no type that is known.`, `write --field ${name}:${near}`);
  }
  const field = { name, type, required: optional === undefined };
  if (type === "choice") {
    const choices = (limits ?? "").split("|").filter((one) => one !== "");
    if (choices.length === 0 || new Set(choices).size < choices.length) {
      return refused("needs its choices, each once.", `write --field '${name}:choice:open|closed'`);
    }
    return withExample({ ...field, choices }, example, refused);
  }
  if (limits === undefined) return withExample(field, example, refused);
  const bounds = /^(-?\d{1,15})\.\.(-?\d{1,15})$/.exec(limits);
  const [min, max] = [Number(bounds?.[1]), Number(bounds?.[2])];
  const hasLimits = type === "text" || type === "texts" || type === "integer";
  const isRight = bounds !== null && min <= max && (type === "integer" || (min >= 0 && max >= 1));
  if (!hasLimits)
    return refused(`has limits, and a ${type} has none.`, `write --field ${name}:${type}`);
  if (!isRight || (type === "texts" && min > 0)) {
    return refused(
      "has limits that cannot be.",
      `write --field ${name}:${type}:${type === "texts" ? "0..50" : "1..200"}`,
    );
  }
  return withExample({ ...field, limits: { min, max } }, example, refused);
}

function withExample(
  field: FieldSpec,
  example: string | undefined,
  refused: (message: string, fix: string) => SpecProblem,
): FieldSpec | SpecProblem {
  if (example === undefined) return field;
  const value = exampleValue(field, example);
  if (value === undefined) {
    return refused(
      "has an example that is none.",
      `leave out =${example}, or write one that is right`,
    );
  }
  return { ...field, example: value };
}

/** The example as JSON has it; undefined where it is not of the type. */
function exampleValue({ type, limits, choices }: FieldSpec, example: string): unknown {
  const { min, max } =
    limits ?? (type === "integer" ? { min: 0, max: 1_000_000 } : { min: 1, max: 200 });
  switch (type) {
    case "integer":
      return /^-?\d{1,15}$/.test(example) && Number(example) >= min && Number(example) <= max
        ? Number(example)
        : undefined;
    case "boolean":
      return { true: true, false: false }[example];
    case "texts":
      return example === "" ? [] : example.split("|");
    case "choice":
      return choices?.find((one) => one === example);
    case "decimal":
      return /^(?:0|[1-9]\d{0,17})(?:\.\d{1,8})?$/.test(example) ? example : undefined;
    case "currency":
      return /^[A-Z]{3}$/.test(example) ? example : undefined;
    case "date":
      return /^\d{4}-\d\d-\d\d$/.test(example) ? example : undefined;
    case "time":
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(example) ? example : undefined;
    case "text":
      return example.length >= min && example.length <= max ? example : undefined;
  }
}

/** Whether it is one. */
export function isProblem(read: object): read is SpecProblem {
  return "fix" in read;
}
