import * as z from "zod";
import { changes } from "../parts/changes.ts";
import { steps } from "../parts/steps.ts";
import { environmentName } from "../parts/values.ts";

export const planAnswer = z
  .strictObject({
    environment: environmentName.describe("What would change."),
    changes,
    steps,
  })
  .meta({ title: "plan", description: "What a deployment would change." });

export type PlanAnswer = z.infer<typeof planAnswer>;
