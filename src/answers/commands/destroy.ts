import * as z from "zod";
import { changes } from "../parts/changes.ts";
import { steps } from "../parts/steps.ts";
import { environmentName } from "../parts/values.ts";

export const destroyAnswer = z
  .strictObject({
    environment: environmentName.describe("What is gone."),
    changes,
    steps,
  })
  .meta({ title: "destroy", description: "What was deleted of an environment." });

export type DestroyAnswer = z.infer<typeof destroyAnswer>;
