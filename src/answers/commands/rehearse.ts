import * as z from "zod";
import { amount, moment } from "../parts/values.ts";

const milliseconds = amount("How long it took.");
const atMilliseconds = amount(
  "Milliseconds from the beginning of the rehearsal; 0 where it was not reached.",
);

const act = z
  .strictObject({
    line: z.string().describe("What was typed, or done."),
    says: z.string().nullable().describe("What was to be seen; null where it was not."),
    atMilliseconds,
    milliseconds,
    log: z
      .string()
      .nullable()
      .describe("The file of all that it has said; null where that is nothing."),
  })
  .meta({ id: "Act", description: "One thing that was done in a stage." });

const stage = z
  .strictObject({
    id: z.string().describe("What it is called."),
    shows: z.string().describe("What it shows."),
    outcome: z
      .enum(["passed", "failed", "interrupted", "not-reached"])
      .describe("What became of it."),
    atMilliseconds,
    milliseconds,
    acts: z.array(act).describe("What was done, in order."),
    fault: z
      .strictObject({
        line: z.string().describe("What was typed."),
        reason: z.string().describe("Why it failed."),
        fix: z.string().describe("What to do."),
      })
      .nullable()
      .describe("Why it failed; null where it did not."),
  })
  .meta({ id: "Stage", description: "A part of the service's life." });

export const rehearseAnswer = z
  .strictObject({
    service: z.string().describe("The service's name."),
    at: moment("When it began"),
    versions: z.record(z.string(), z.string()).describe("Of what it ran with, by name."),
    passed: z.boolean().describe("Whether everything was as it has to be."),
    milliseconds,
    stages: z.array(stage).describe("In order."),
    leftOut: z
      .array(
        z.strictObject({
          what: z.string().describe("What was not shown."),
          why: z.string().describe("Why not."),
        }),
      )
      .describe("What it does not show."),
  })
  .meta({ title: "rehearse", description: "A service's whole life on an emulator." });

export type RehearseAnswer = z.infer<typeof rehearseAnswer>;
