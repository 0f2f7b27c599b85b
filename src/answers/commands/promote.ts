import * as z from "zod";
import { changes } from "../parts/changes.ts";
import { wayBack } from "../parts/difference.ts";
import { steps } from "../parts/steps.ts";
import { environmentName, planDigest, releaseId } from "../parts/values.ts";
import { verificationOrNone } from "../parts/verification.ts";

export const promoteAnswer = z
  .strictObject({
    environment: environmentName.describe("Where to."),
    release: releaseId("The release that is promoted."),
    url: z.string().nullable().describe("Where the API answers; null where nothing was changed."),
    outcome: z.enum(["planned", "live", "already-live"]).describe("planned: nothing was changed."),
    planDigest: planDigest("Of what was shown; what --plan wants."),
    changes,
    back: wayBack,
    verification: verificationOrNone,
    steps,
  })
  .meta({ title: "promote", description: "What a promotion has come to." });

export type PromoteAnswer = z.infer<typeof promoteAnswer>;
