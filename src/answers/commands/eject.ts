import * as z from "zod";
import { path } from "../parts/values.ts";

const directory = path("The folder with the stack.");

const onlyTerraform = z
  .strictObject({
    directory,
    commands: z
      .array(
        z.strictObject({
          environment: z.string().describe("An environment, or where one stands by."),
          init: z.string().describe("What to type first."),
          plan: z.string().describe("What to type then."),
        }),
      )
      .describe("How to run Terraform there."),
  })
  .meta({
    title: "eject --only terraform",
    description: "Terraform's stack as files of the service.",
  });

const whole = z
  .strictObject({
    directory: path("The service's folder."),
    dryRun: z.boolean().describe("Whether nothing was changed."),
    new: z.array(z.string()).describe("Files that were not there, from that folder."),
    changed: z.array(z.string()).describe("Files that say something else now."),
    deleted: z.array(z.string()).describe("Derived files that nothing derives any more."),
    leftOver: z
      .array(
        z.strictObject({
          file: z.string().describe("From the service's folder."),
          line: z.int().positive().describe("From 1."),
          text: z.string().describe("What it says."),
        }),
      )
      .describe("Lines that say a command of lambdakit, for somebody to change."),
    next: z.array(z.string()).describe("What to type then."),
  })
  .meta({ title: "eject", description: "A service that does without lambdakit." });

export const ejectAnswer = z
  .union([whole, onlyTerraform])
  .meta({ title: "eject", description: "What was taken out of lambdakit." });

export type EjectAnswer = z.infer<typeof ejectAnswer>;
