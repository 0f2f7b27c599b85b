import * as z from "zod";
import { count, environmentName } from "../parts/values.ts";

const counts = z
  .strictObject({
    merged: count("Brought over."),
    replaced: count("Written over what was restored."),
    kept: count("Left as they were restored."),
    overtaken: count("Left, because a caller has written meanwhile."),
    "left-out": count("Left, because nobody chose them."),
  })
  .meta({ id: "MergeCounts", description: "How many items, by what was done with them." });

export const drMergeAnswer = z
  .strictObject({
    environment: environmentName.describe("Whose tables they are."),
    table: z.string().describe("The table's key in the manifest."),
    old: z.string().describe("The table that is kept aside."),
    restored: z.string().describe("The table that stands for it."),
    dryRun: z.boolean().describe("Whether nothing was written."),
    counts: z
      .strictObject({
        "only-in-old": counts.describe("Items that only the old one has."),
        "only-in-restored": counts.describe("Items that only the restored one has."),
        changed: counts.describe("Items of both that are not the same."),
      })
      .describe("How many items differ, and what became of them."),
    list: z
      .string()
      .nullable()
      .describe("The file with each of them; null where none was asked for."),
  })
  .meta({ title: "dr merge", description: "What was brought back from the table of before." });

export type DrMergeAnswer = z.infer<typeof drMergeAnswer>;
