import * as z from "zod";

export const place = z
  .strictObject({
    file: z.string().describe("The file."),
    line: z.int().min(1).describe("The line, counted from 1."),
    column: z.int().min(1).describe("The column, counted from 1."),
  })
  .meta({ id: "Place", description: "A place in a file." });

export const problem = z
  .strictObject({
    code: z.string().describe("Its code, which docs/reference/errors.md explains."),
    path: z
      .array(z.union([z.string(), z.int()]))
      .describe("The keys that lead to the value.")
      .meta({ examples: [["functions", "list", "routes", 0]] }),
    message: z.string().describe("What is wrong, with the real values."),
    fix: z.string().describe("What to write instead."),
    place: place.optional().describe("Where it is written, where that is known."),
  })
  .meta({ id: "Problem", description: "One thing that is wrong in a manifest, or in a package." });
