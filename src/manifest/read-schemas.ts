import type { Problem } from "../errors/index.ts";
import { type JsonSchema, propertiesOf } from "./json-schema.ts";
import { type Direction, toJsonSchema } from "./to-json-schema.ts";

type Path = Problem["path"];

/**
 * A manifest with each of its schemas as JSON Schema, so that whoever comes next sees plain JSON.
 * Where a schema cannot be read, one that accepts everything takes its place, and the rest can be
 * checked. What has not the form of a manifest stays as it is: that is for others to report.
 */
export function readSchemas(definition: unknown): { definition: unknown; problems: Problem[] } {
  const problems: Problem[] = [];
  const convert = { input: once("input"), output: once("output") };
  const read = (direction: Direction, needsProperties: boolean) => (value: unknown, path: Path) => {
    const { schema, faults } = convert[direction](value);
    problems.push(...faults.map((fault) => ({ code: "MANIFEST_SCHEMA" as const, path, ...fault })));
    if (needsProperties && faults.length === 0) problems.push(...propertyProblems(path, schema));
    return schema;
  };
  const request = read("input", false);
  const named = read("input", true);

  const readResponse: Reader = (response, path) =>
    replace(response, path, { headers: read("output", true), body: read("output", false) });
  const readFunction: Reader = (lambda, path) =>
    replace(lambda, path, {
      schemas: (schemas, below) =>
        replace(schemas, below, {
          pathParameters: named,
          query: named,
          headers: named,
          body: request,
          responses: (responses, at) => replaceEach(responses, at, readResponse),
        }),
    });
  return {
    definition: replace(definition, [], {
      functions: (functions, path) => replaceEach(functions, path, readFunction),
    }),
    problems,
  };
}

/** One schema stands in many places, and takes its time. */
function once(direction: Direction) {
  const converted = new Map<unknown, ReturnType<typeof toJsonSchema>>();
  return (value: unknown) => {
    const known = converted.get(value) ?? toJsonSchema(value, direction);
    converted.set(value, known);
    return known;
  };
}

type Reader = (value: unknown, path: Path) => unknown;

/** A copy of an object in which some of its values are read; anything else as it is. */
function replace(value: unknown, path: Path, readers: Readonly<Record<string, Reader>>): unknown {
  if (!isRecord(value)) return value;
  const read = Object.entries(readers).flatMap(([key, reader]) =>
    value[key] === undefined ? [] : [[key, reader(value[key], [...path, key])] as const],
  );
  return { ...value, ...Object.fromEntries(read) };
}

function replaceEach(value: unknown, path: Path, reader: Reader): unknown {
  if (!isRecord(value)) return value;
  return replace(value, path, Object.fromEntries(Object.keys(value).map((key) => [key, reader])));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function propertyProblems(path: Path, schema: JsonSchema): Problem[] {
  const name = path.at(-1);
  if (propertiesOf(schema) === undefined) {
    const { type } = schema;
    const shown = type === undefined ? "anything" : JSON.stringify(type);
    return [
      {
        code: "MANIFEST_SCHEMA",
        path,
        message: `"${name}" is a schema of ${shown}, and has to be one of an object`,
        fix: `write ${name}: z.object({ name: schema }), with a property for each`,
      },
    ];
  }
  if (!JSON.stringify(schema).includes('"$ref":"#"')) return [];
  return [
    {
      code: "MANIFEST_SCHEMA",
      path,
      message: `"${name}" refers to itself, and has no place of its own that could be referred to`,
      fix: 'give the schema that repeats a name: .meta({ id: "Name" })',
    },
  ];
}
