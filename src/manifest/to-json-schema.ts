import type { Problem } from "../errors/index.ts";
import {
  dataKeywords,
  definitionName,
  type JsonSchema,
  type JsonSchemaOptions,
  jsonTypes,
  namingKeywords,
  type StandardJsonSchema,
} from "./json-schema.ts";

/** What callers send is described as it goes into a schema, what they get as it comes out of one. */
export type Direction = "input" | "output";

type Fault = Pick<Problem, "message" | "fix">;

/**
 * A schema as plain JSON Schema. It states itself, so it may come from another copy of zod than ours,
 * or from another library. Rules that JSON Schema has no words for, such as zod's `refine`, are left out.
 *
 * @returns a schema that accepts everything, with the reasons, where it cannot be stated
 */
export function toJsonSchema(
  value: unknown,
  direction: Direction,
): { schema: JsonSchema; faults: Fault[] } {
  const faults = new Map<string, Fault>();
  const schema = stated(value, direction, (fault) => faults.set(fault.message, fault));
  if (schema !== undefined && faults.size === 0) {
    for (const fault of keywordFaults(schema, schema)) faults.set(fault.message, fault);
  }
  return { schema: faults.size === 0 ? (schema ?? {}) : {}, faults: [...faults.values()] };
}

function stated(
  value: unknown,
  direction: Direction,
  report: (fault: Fault) => void,
): JsonSchema | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    report({
      message: `${JSON.stringify(value) ?? String(value)} is not a schema`,
      fix: "write a zod schema, or JSON Schema as an object",
    });
    return undefined;
  }
  try {
    const schema = "~standard" in value ? ask(value, direction, report) : value;
    // Through JSON: what comes from a library may carry more than it shows.
    const { $schema: _, ...json } = JSON.parse(JSON.stringify(schema));
    return json;
  } catch (error) {
    report({
      message: `it cannot be stated as JSON Schema: ${error instanceof Error ? error.message : error}`,
      fix: "use a schema of zod 4.2 or newer, or write JSON Schema as an object",
    });
    return undefined;
  }
}

function ask(schema: object, direction: Direction, report: (fault: Fault) => void): unknown {
  const { jsonSchema } = (schema as StandardJsonSchema)["~standard"];
  if (jsonSchema === undefined) throw new Error("its library does not offer that");
  return jsonSchema[direction]({
    target: "draft-2020-12",
    libraryOptions: { unrepresentable: unrepresentable(report) } satisfies ZodOptions,
  } satisfies JsonSchemaOptions);
}

interface ZodOptions {
  /** Asked for the JSON Schema of what zod has none for. */
  readonly unrepresentable: (at: {
    readonly zodSchema: { readonly _zod: { readonly def: { readonly type: string } } };
    readonly path: readonly PropertyKey[];
    readonly message: string;
  }) => object;
}

/** Code of the service's own may make anything of a value. A value that JSON does not have is a mistake. */
function unrepresentable(report: (fault: Fault) => void): ZodOptions["unrepresentable"] {
  return ({ zodSchema, path, message }) => {
    const { type } = zodSchema._zod.def;
    if (type !== "custom" && type !== "transform") {
      const place = path.map(String).join(".");
      report({
        message: place === "" ? message : `${message}, at ${place}`,
        fix: "use what JSON has: a text, a number, true or false, null, a list, an object",
      });
    }
    return {};
  };
}

/** Types that JSON Schema does not have, and references that lead out of the schema. */
function keywordFaults(part: unknown, root: JsonSchema): Fault[] {
  if (typeof part !== "object" || part === null) return [];
  if (Array.isArray(part)) return part.flatMap((one) => keywordFaults(one, root));
  return Object.entries(part).flatMap(([keyword, value]) => {
    if (dataKeywords.has(keyword)) return [];
    if (keyword === "type") return typeFaults(value);
    if (keyword === "$ref") return referenceFaults(value, root);
    if (namingKeywords.has(keyword)) return keywordFaults(Object.values(Object(value)), root);
    return keywordFaults(value, root);
  });
}

function typeFaults(value: unknown): Fault[] {
  const unknown = [value].flat().filter((type) => !jsonTypes.some((known) => known === type));
  return unknown.map((type) => ({
    message: `JSON Schema has no type ${JSON.stringify(type)}`,
    fix: `use one of ${jsonTypes.join(", ")}`,
  }));
}

function referenceFaults(reference: unknown, { $defs }: JsonSchema): Fault[] {
  const name = definitionName(reference);
  if (reference === "#" || (name !== undefined && Object.hasOwn(Object($defs), name))) return [];
  return [
    {
      message: `$ref ${JSON.stringify(reference)} leads nowhere within the schema`,
      fix: 'put what it refers to under $defs, and write $ref: "#/$defs/{name}"',
    },
  ];
}
