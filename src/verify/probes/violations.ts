import { definitionName, type JsonSchema } from "../../manifest/index.ts";

/** Whether a schema accepts a value. */
export type Accepts = (schema: JsonSchema, value: unknown) => boolean;

/** A value that a schema refuses. */
export interface Violation {
  /** The keyword that it breaks, such as `maxLength`. */
  readonly keyword: string;
  readonly value: unknown;
}

/** For each keyword that can be broken, one value that breaks it. */
export function violations(schema: JsonSchema, accepts: Accepts): Violation[] {
  const keywords = lookedThrough(schema);
  return Object.entries(candidates(keywords)).flatMap(([keyword, values]): Violation[] => {
    const alone = { [keyword]: keywords[keyword] };
    const value = values.find((one) => !accepts(alone, one) && !accepts(schema, one));
    return value === undefined ? [] : [{ keyword, value }];
  });
}

/** The same for what stands in a path, a query or a header, where everything is text. */
export function textViolations(schema: JsonSchema, accepts: Accepts): Violation[] {
  return (
    violations(schema, accepts)
      // A number is no text of the wrong type: whatever stands there is a text.
      .filter(
        ({ keyword, value }) =>
          typeof value === "string" || (typeof value === "number" && keyword !== "type"),
      )
      .map(({ keyword, value }) => ({ keyword, value: String(value) }))
      .filter(({ value }) => readings(value).every((one) => !accepts(schema, one)))
  );
}

/** What a service may take a text for. */
function readings(text: string): unknown[] {
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? [text] : [text, number];
}

/** Longer texts and lists than these would not reach a function, or not quickly. */
const longestText = 100_000;
const longestList = 1_000;

/** By keyword, values of which one most likely breaks it. */
function candidates(schema: JsonSchema): Record<string, readonly unknown[]> {
  const { type, pattern, minLength, maxLength, minimum, maximum, minItems, maxItems } = schema;
  const { exclusiveMinimum, exclusiveMaximum } = schema;
  return {
    ...(type === undefined ? {} : { type: ["x", 0, true, [], {}] }),
    ...("enum" in schema ? { enum: ["none of them"] } : {}),
    ...("const" in schema ? { const: ["something else"] } : {}),
    ...(pattern === undefined ? {} : { pattern: ["!", "x", "0", "a b", ""] }),
    ...(isCount(minLength, longestText) && minLength > 0
      ? { minLength: ["x".repeat(minLength - 1)] }
      : {}),
    ...(isCount(maxLength, longestText) ? { maxLength: ["x".repeat(maxLength + 1)] } : {}),
    ...(isBound(minimum) ? { minimum: [minimum - 1] } : {}),
    ...(isBound(maximum) ? { maximum: [maximum + 1] } : {}),
    ...(isBound(exclusiveMinimum) ? { exclusiveMinimum: [exclusiveMinimum] } : {}),
    ...(isBound(exclusiveMaximum) ? { exclusiveMaximum: [exclusiveMaximum] } : {}),
    ...(isCount(minItems, longestList) && minItems > 0 ? { minItems: [[]] } : {}),
    ...(isCount(maxItems, longestList) ? { maxItems: [Array(maxItems + 1).fill("x")] } : {}),
  };
}

/** A limit of JSON's own numbers is none that anybody has meant. */
function isBound(limit: unknown): limit is number {
  return typeof limit === "number" && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
}

function isCount(limit: unknown, most: number): limit is number {
  return isBound(limit) && limit <= most;
}

/** What a reference into the schema's own `$defs` leads to. */
function lookedThrough(schema: JsonSchema): JsonSchema {
  const name = definitionName(schema.$ref);
  const definitions = schema.$defs as Readonly<Record<string, JsonSchema>> | undefined;
  if (name === undefined || definitions === undefined) return schema;
  return definitions[name] ?? schema;
}
