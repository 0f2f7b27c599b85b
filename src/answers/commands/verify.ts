import * as z from "zod";
import { environmentName, releaseId } from "../parts/values.ts";
import { verificationFields } from "../parts/verification.ts";

export const verifyAnswer = z
  .strictObject({
    service: z.string().describe("The service's name."),
    environment: environmentName.describe("Whose plan it was asked by."),
    release: releaseId("It is evidence for.")
      .nullable()
      .describe("The release that it is kept as evidence for; null where for none."),
    roundTrip: z.boolean().describe("Whether an item was made, and deleted again."),
    ...verificationFields,
  })
  .meta({ title: "verify", description: "Whether what was deployed does what is said." });

export type VerifyAnswer = z.infer<typeof verifyAnswer>;
