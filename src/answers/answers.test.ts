import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { commandNames } from "../cli/commands/index.ts";
import { allSchemas, answers, type JsonSchema, schemaOf } from "./index.ts";

/** A schema inside of another, and the way there. */
interface Part {
  readonly way: string;
  readonly schema: JsonSchema;
}

/** Every schema in a schema, itself first. */
function partsOf(schema: unknown, way: string): Part[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties, $defs, items, additionalProperties, anyOf, oneOf } = Object(schema);
  return [
    { way, schema: schema as JsonSchema },
    ...[properties, $defs].flatMap((parts) =>
      Object.entries(Object(parts)).flatMap(([name, part]) => partsOf(part, `${way}/${name}`)),
    ),
    ...[items, additionalProperties, ...(anyOf ?? []), ...(oneOf ?? [])].flatMap((part, at) =>
      partsOf(part, `${way}/${at}`),
    ),
  ];
}

const all = partsOf(allSchemas(), "");
const definitions = Object(allSchemas().$defs);

describe("the schemas of answers", () => {
  it("are there for every command and for errors, and for nothing else", () => {
    expect(Object.keys(answers)).toEqual([...commandNames, "error"]);
    for (const command of Object.keys(answers)) {
      expect(schemaOf(command), command).toMatchObject({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        title: command,
        description: expect.stringMatching(/\.$/),
      });
    }
    expect(schemaOf("toString")).toBeUndefined();
  });

  it("are one document, too, in which every reference leads somewhere", () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
    ajv.addFormat("date-time", true).addFormat("date", true);
    const { $defs, ...head } = allSchemas();
    expect(Object.keys(Object($defs))).toEqual(expect.arrayContaining(Object.keys(answers)));
    const anyOf = Object.keys(answers).map((command) => ({
      $ref: `#/$defs/${encodeURIComponent(command)}`,
    }));
    expect(() => ajv.compile({ ...head, $defs, anyOf })).not.toThrow();
  });

  it("say of every property what it means", () => {
    const silent = all.flatMap(({ way, schema }) =>
      Object.entries(Object(schema.properties)).flatMap(([name, property]) => {
        const { description, $ref = "" } = Object(property);
        const meaning = description ?? definitions[$ref.replace("#/$defs/", "")]?.description;
        return /^(?!\?).+\.$/.test(meaning ?? "") ? [] : [`${way}/${name}: ${meaning}`];
      }),
    );
    expect(silent).toEqual([]);
  });

  it("allow no property that they do not have, but for a schema in `schema`", () => {
    const open = all.filter(
      ({ schema: { type, properties, additionalProperties } }) =>
        type === "object" && properties !== undefined && additionalProperties !== false,
    );
    expect(open.map(({ schema }) => schema.title)).toEqual(["schema COMMAND"]);
  });

  it("have examples that they allow", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const withExamples = all.filter(({ schema }) => Array.isArray(schema.examples));
    expect(withExamples.length).toBeGreaterThan(10);
    for (const { way, schema } of withExamples) {
      const isAllowed = ajv.compile({ ...schema, $defs: definitions });
      for (const example of schema.examples as unknown[]) {
        expect([way, example, isAllowed(example)]).toEqual([way, example, true]);
      }
    }
  });

  it("are objects, which can get another property some day", () => {
    const isObject = (schema: JsonSchema): boolean => {
      const { type, $ref, anyOf, oneOf } = schema as { [key: string]: string & JsonSchema[] };
      if ($ref !== undefined) return isObject(definitions[$ref.replace("#/$defs/", "")]);
      return type === "object" || (anyOf ?? oneOf ?? [{}]).every(isObject);
    };
    const others = Object.keys(answers).filter((command) => !isObject(schemaOf(command) ?? {}));
    expect(others).toEqual([]);
  });
});
