import * as z from "zod";
import { amount } from "./values.ts";

export const timedStep = z
  .strictObject({
    what: z.string().describe("What was done, as it is said on stderr."),
    milliseconds: amount("How long it took."),
  })
  .meta({ id: "TimedStep", description: "A step of the command, and how long it took." });

export const steps = z.array(timedStep).describe("The steps of this run, in order.");
