/** JSON Schema 2020-12, as plain JSON. @see https://json-schema.org/draft/2020-12 */
export interface JsonSchema {
  readonly type?: JsonType | readonly JsonType[];
  readonly [keyword: string]: unknown;
}

export type JsonType = (typeof jsonTypes)[number];

/** @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.1 */
export const jsonTypes = [
  "string",
  "number",
  "integer",
  "boolean",
  "object",
  "array",
  "null",
] as const;

/**
 * A schema that can state itself as JSON Schema, such as one of zod 4.2 or newer.
 * @see https://standardschema.dev/json-schema
 */
export interface StandardJsonSchema {
  readonly "~standard": {
    readonly jsonSchema: {
      /** What goes in: before defaults and transformations. */
      readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
      /** What comes out of it. */
      readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
    };
  };
}

export interface JsonSchemaOptions {
  readonly target: "draft-2020-12";
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

/** A schema of what is sent as JSON: zod's, another library's with Standard JSON Schema, or plain JSON Schema. */
export type Schema = StandardJsonSchema | JsonSchema;

/** Keywords whose value is data, and no schema, whatever it looks like. */
export const dataKeywords: ReadonlySet<string> = new Set([
  "const",
  "enum",
  "default",
  "example",
  "examples",
]);

/** Keywords whose value has a schema under each name. */
export const namingKeywords: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "dependentSchemas",
  "$defs",
]);

/** A named part of an object: a parameter, a header. */
export interface Property {
  readonly name: string;
  readonly required: boolean;
  /** With the `$defs` that it may refer to. */
  readonly schema: JsonSchema;
}

/**
 * What a schema of an object says of its properties; undefined where it is a schema of something else.
 * Looks through a `$ref` into its own `$defs`.
 */
export function propertiesOf(schema: JsonSchema): Property[] | undefined {
  const definitions = record(schema.$defs) as Readonly<Record<string, JsonSchema>>;
  const name = definitionName(schema.$ref) ?? "";
  const target = Object.hasOwn(definitions, name) ? definitions[name] : schema;
  if (target?.type !== "object") return undefined;
  const required: readonly unknown[] = Array.isArray(target.required) ? target.required : [];
  return Object.entries(record(target.properties)).map(([name, property]) => ({
    name,
    required: required.includes(name),
    schema: {
      ...record(property),
      ...(schema.$defs === undefined ? {} : { $defs: schema.$defs }),
    },
  }));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** `Product` for `#/$defs/Product`; undefined for a reference to anything else. */
export function definitionName(reference: unknown): string | undefined {
  const [, pointer] = /^#\/\$defs\/([^/]+)$/.exec(String(reference)) ?? [];
  return pointer?.replaceAll("~1", "/").replaceAll("~0", "~");
}
