import * as z from "zod";
import { path } from "../parts/values.ts";

export const ejectAnswer = z
  .strictObject({
    directory: path("The folder with the stack."),
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
  .meta({ title: "eject", description: "Terraform's stack as files of the service." });

export type EjectAnswer = z.infer<typeof ejectAnswer>;
