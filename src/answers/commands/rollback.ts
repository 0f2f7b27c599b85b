import * as z from "zod";
import { staying } from "../parts/difference.ts";
import { steps } from "../parts/steps.ts";
import { environmentName, releaseId } from "../parts/values.ts";

export const rollbackAnswer = z
  .strictObject({
    environment: environmentName.describe("Where."),
    release: releaseId("The release that traffic goes to."),
    from: releaseId("The one before.")
      .nullable()
      .describe("The release that it leaves; null where none was recorded."),
    outcome: z
      .enum(["planned", "live", "already-live", "nothing-moved"])
      .describe("planned: nothing was changed. nothing-moved: both have the same functions."),
    moves: z
      .array(
        z.strictObject({
          functionName: z.string().describe("Its name in AWS."),
          from: z.string().describe("The version before."),
          to: z.string().describe("The version behind."),
        }),
      )
      .describe("What aliases lead to."),
    gone: z.array(z.string()).describe("Functions of that release that do not exist any more."),
    staying,
    steps,
  })
  .meta({ title: "rollback", description: "That traffic goes back to an earlier release." });

export type RollbackAnswer = z.infer<typeof rollbackAnswer>;
