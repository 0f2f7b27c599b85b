import * as z from "zod";
import { environmentName } from "../parts/values.ts";

export const unlockAnswer = z
  .strictObject({
    environment: environmentName.describe("What others may change again."),
    unlocked: z.string().describe("The lock's id, or the operation's number, as it was written."),
  })
  .meta({ title: "unlock", description: "That a lock is gone." });

export type UnlockAnswer = z.infer<typeof unlockAnswer>;
