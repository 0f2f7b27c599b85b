import * as z from "zod";
import { restoreProgress, restoreSource, settingsFrom } from "../parts/restore-progress.ts";
import { steps } from "../parts/steps.ts";
import { amount, count, environmentName, moment, releaseId } from "../parts/values.ts";
import { verificationOrNone } from "../parts/verification.ts";

const described = {
  environment: environmentName.describe("Whose table it is."),
  release: releaseId("The release that uses it."),
  table: z.string().describe("The table's key in the manifest."),
  source: z.string().describe("The table that is replaced."),
  target: z.string().describe("What the restored one is called."),
  from: restoreSource.describe("What it comes from."),
  isLost: z.boolean().describe("Whether the table that is replaced is not there any more."),
  settingsFrom,
  replicas: z.array(z.string()).describe("The regions in which the replaced one has replicas."),
};

const planned = z
  .strictObject({
    ...described,
    outcome: z.literal("planned").describe("Nothing was changed."),
    estimate: z
      .strictObject({
        bytes: count("How large.")
          .nullable()
          .describe("How large the replaced table is; null where nobody can look."),
        earlier: z
          .array(
            z.strictObject({
              at: moment("When it was"),
              seconds: amount("How long it took."),
              bytes: count("How large the table was."),
            }),
          )
          .describe("Earlier restores, the newest first. AWS publishes no figures."),
      })
      .describe("What is known of how long it may take."),
    steps,
  })
  .meta({ title: "dr restore --dry-run", description: "What would be restored." });

const restored = z
  .strictObject({
    ...described,
    outcome: z.literal("restored").describe("The service uses the restored table."),
    operation: count("Its number in the history."),
    url: z.string().nullable().describe("Where the API answers; null where there is none."),
    progress: restoreProgress.describe("Each step of the restore, of earlier runs too."),
    verification: verificationOrNone,
    steps,
  })
  .meta({ title: "dr restore", description: "What was restored." });

export const drRestoreAnswer = z
  .union([planned, restored])
  .meta({ title: "dr restore", description: "A table that is brought back." });

export type DrRestoreAnswer = z.infer<typeof drRestoreAnswer>;
