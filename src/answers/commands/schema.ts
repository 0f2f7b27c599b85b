import * as z from "zod";

const list = z
  .strictObject({
    schemas: z
      .array(
        z.strictObject({
          command: z.string().describe("The command, or `error`."),
          form: z
            .enum(["document", "lines"])
            .describe("Whether stdout has one document, or one on each line."),
          description: z.string().describe("What the answer is."),
        }),
      )
      .describe("What there is a schema of."),
  })
  .meta({ title: "schema", description: "The commands, each of which has a schema." });

const schema = z
  .looseObject({
    $schema: z
      .literal("https://json-schema.org/draft/2020-12/schema")
      .describe("The dialect: JSON Schema 2020-12."),
    title: z.string().describe("The command's name."),
    description: z.string().describe("What the answer is."),
  })
  .meta({ title: "schema COMMAND", description: "A JSON Schema." });

export const schemaAnswer = z
  .union([list, schema])
  .meta({ title: "schema", description: "Which schemas there are, or one of them." });

export type SchemaAnswer = z.infer<typeof schemaAnswer>;
