import * as z from "zod";
import { runbookSection } from "../parts/runbook-section.ts";
import { runbookStepFields } from "../parts/runbook-step.ts";
import { amount, environmentName } from "../parts/values.ts";

const name = z
  .enum(["deployment", "operations", "disaster-recovery", "development", "ci-cd"])
  .meta({ id: "RunbookName", description: "A runbook." });

const titles = {
  title: z.string().describe("Its heading."),
  purpose: z.string().describe("What it is for."),
};

const environment = environmentName
  .nullable()
  .describe("Where it is gone through; null where that is this machine.");

const list = z
  .strictObject({
    runbooks: z
      .array(
        z.strictObject({
          name: name.describe("What it is called."),
          ...titles,
          sections: z
            .array(
              z.strictObject({
                id: z.string().describe("What it is asked for by."),
                title: z.string().describe("Its heading."),
                isRoutine: z
                  .boolean()
                  .describe("Whether it is gone through as a matter of course."),
                steps: z.array(z.string()).describe("The ids of its steps, in order."),
              }),
            )
            .describe("Its sections that have steps."),
        }),
      )
      .describe("Those that there are."),
  })
  .meta({ title: "runbook list", description: "The runbooks of a service." });

const show = z
  .strictObject({
    name: name.describe("What it is called."),
    ...titles,
    environment,
    sections: z.array(runbookSection).describe("Those that were asked for."),
  })
  .meta({ title: "runbook show", description: "A runbook." });

const gone = {
  runbook: name.describe("Which one."),
  section: z.string().nullable().describe("Which of its sections; null for all."),
  environment,
};

const planned = z
  .strictObject({
    ...gone,
    outcome: z.literal("planned").describe("Nothing was done."),
    steps: z
      .array(
        z.strictObject({ section: z.string().describe("The section's id."), ...runbookStepFields }),
      )
      .describe("What would be done, in order."),
  })
  .meta({ title: "runbook run --dry-run", description: "The steps of a runbook." });

const outcomes = ["passed", "failed", "declined", "interrupted"] as const;

const run = z
  .strictObject({
    ...gone,
    outcome: z.enum(outcomes).describe("How it ended; declined: somebody has said no."),
    from: z.string().nullable().describe("The step to go on from; null where all are done."),
    steps: z
      .array(
        z.strictObject({
          id: z.string().describe("The step's."),
          section: z.string().describe("The section's id."),
          command: z
            .array(z.string())
            .nullable()
            .describe("What was typed, in words; null of what a person does."),
          outcome: z.enum(outcomes).describe("How it ended."),
          exitCode: z.int().nullable().describe("Null where nothing was run."),
          said: z.string().describe("Its stdout."),
          complained: z.string().describe("Its stderr."),
          milliseconds: amount("How long it took."),
        }),
      )
      .describe("What was done, in order."),
  })
  .meta({ title: "runbook run", description: "What became of a runbook's steps." });

export const runbookAnswer = z.union([list, show, planned, run]).meta({
  title: "runbook",
  description: "Runbooks: which there are, what they say, what they did.",
});

export type RunbookAnswer = z.infer<typeof runbookAnswer>;
