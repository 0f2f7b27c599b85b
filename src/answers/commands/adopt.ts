import * as z from "zod";
import { place, problem } from "../parts/problem.ts";
import { count, path } from "../parts/values.ts";

const loss = z
  .strictObject({
    place: place.describe("Where it stands in the source."),
    path: z.string().describe("The keys that lead to it."),
    what: z.string().describe("What it was."),
    why: z.string().describe("Why it is not in the manifest."),
    instead: z.string().describe("What to do about it."),
  })
  .meta({ id: "Loss", description: "Something of the source that is not in the manifest." });

export const adoptAnswer = z
  .strictObject({
    format: z.enum(["sam", "serverless"]).describe("What the source is a file of."),
    path: path("The service.ts that was written, or would be."),
    dryRun: z.boolean().describe("Whether nothing was written."),
    carried: z
      .strictObject({
        functions: count("Functions."),
        routes: count("Routes."),
        tables: count("Tables."),
        indexes: count("Indexes."),
      })
      .describe("How much of the source is in it."),
    losses: z.array(loss).describe("What is not in it."),
    problems: z.array(problem).describe("What is wrong in it until somebody decides."),
    text: z.string().describe("All of service.ts."),
  })
  .meta({ title: "adopt", description: "The manifest that was made of a file of another tool." });

export type AdoptAnswer = z.infer<typeof adoptAnswer>;
