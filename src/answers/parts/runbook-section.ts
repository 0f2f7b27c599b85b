import * as z from "zod";
import { runbookStep } from "./runbook-step.ts";

const table = z
  .strictObject({
    head: z.array(z.string()).describe("What stands above its columns."),
    rows: z.array(z.array(z.string())).describe("One list for each."),
  })
  .meta({ id: "FactTable", description: "A table of facts." });

const procedure = z
  .strictObject({
    see: z.string().describe("What is seen when it is time for it."),
    means: z.string().describe("What that means."),
    isRoutine: z.boolean().describe("Whether it is gone through as a matter of course."),
    steps: z.array(runbookStep).describe("What to do, in order."),
    escalate: z.string().describe("When one should not be alone with it any more."),
  })
  .meta({ id: "Procedure", description: "Steps that belong together." });

export const runbookSection = z
  .strictObject({
    id: z.string().describe("What it is asked for by."),
    title: z.string().describe("Its heading."),
    facts: z.array(z.union([z.string(), table])).describe("What is to be known, as Markdown."),
    procedure: procedure.nullable().describe("What is to be done; null where that is nothing."),
  })
  .meta({ id: "RunbookSection", description: "A section of a runbook." });
