import * as z from "zod";

export const runbookStepFields = {
  id: z.string().describe("What it is told apart by from every other step of its runbook."),
  what: z.string().describe("What is done."),
  command: z.string().nullable().describe("What is typed for it; null where that is nothing."),
  isByHand: z.boolean().describe("Whether a person has to do it."),
  changes: z.boolean().describe("Whether something is another thing afterwards."),
  check: z.string().describe("What to look at, so as to know that it went well."),
  otherwise: z.string().describe("What to do where it did not."),
  passes: z.array(z.int()).describe("The exit codes that mean that it went well."),
  staysUp: z
    .string()
    .nullable()
    .describe("What it says when it is up, where it runs on; null where it ends by itself."),
  gives: z
    .partialRecord(z.enum(["...", "PLAN", "TIME"]), z.string())
    .describe(
      "By placeholder of a later command: the pattern that finds its value in what is said.",
    ),
};

export const runbookStep = z
  .strictObject(runbookStepFields)
  .meta({ id: "RunbookStep", description: "A step of a runbook." });
