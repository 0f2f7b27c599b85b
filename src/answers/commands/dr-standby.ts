import * as z from "zod";
import { changes } from "../parts/changes.ts";
import { steps } from "../parts/steps.ts";
import { environmentName, planDigest, releaseId } from "../parts/values.ts";
import { verificationOrNone } from "../parts/verification.ts";

export const drStandbyAnswer = z
  .strictObject({
    environment: environmentName.describe("What stands by."),
    region: z.string().describe("Where."),
    release: releaseId("The release that does."),
    url: z
      .string()
      .nullable()
      .describe("Where it answers; null where it was not brought there now."),
    outcome: z
      .enum(["planned", "already-standing-by", "standing-by"])
      .describe("planned: nothing was changed."),
    planDigest: planDigest("Of what was shown."),
    changes,
    verification: verificationOrNone,
    steps,
  })
  .meta({ title: "dr standby", description: "What stands by in the recovery region." });

export type DrStandbyAnswer = z.infer<typeof drStandbyAnswer>;
