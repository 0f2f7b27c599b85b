import * as z from "zod";
import { answers } from "./answers.ts";

/** A JSON Schema 2020-12, as plain JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What every schema has; the rest is the answer's. */
const dialect = "https://json-schema.org/draft/2020-12/schema";

/** @returns undefined where no command is called that */
export function schemaOf(command: string): JsonSchema | undefined {
  const answer = Object.hasOwn(answers, command) ? answers[command] : undefined;
  return answer && toSchema(answer.schema);
}

/** All of them in one document: `#/$defs/dr restore` is that of `dr restore`. */
export function allSchemas(): JsonSchema {
  const definitions = Object.keys(answers).map((command) => {
    const { $schema: _, $defs, ...schema } = schemaOf(command) ?? {};
    return { command, schema, parts: Object($defs) as object };
  });
  return {
    $schema: dialect,
    title: "lambdakit",
    description: "What each command prints with --json, by its name; and parts of several.",
    $defs: {
      ...Object.assign({}, ...definitions.map(({ parts }) => parts)),
      ...Object.fromEntries(definitions.map(({ command, schema }) => [command, schema])),
    },
  };
}

function toSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    // As it stands in JSON: nothing is read in between.
    io: "output",
    override({ jsonSchema }) {
      // Zod's own limits of whole numbers, and its patterns beside formats, say nothing that the format does not.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  }) as JsonSchema;
}
