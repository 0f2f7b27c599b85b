import * as z from "zod";
import { changes } from "../parts/changes.ts";
import { steps } from "../parts/steps.ts";
import { environmentName } from "../parts/values.ts";

const outputs = z
  .record(z.string(), z.unknown())
  .nullable()
  .describe("Terraform's outputs, by name; null with --plan.");

export const bootstrapAnswer = z
  .strictObject({
    environment: environmentName.describe("Whose account it is."),
    accountId: z.string().describe("The account."),
    changes,
    outputs,
    recoveryRegion: z
      .strictObject({ region: z.string().describe("Which one."), changes, outputs })
      .nullable()
      .describe("The same in the region that stands by; null where none does."),
    steps,
  })
  .meta({ title: "bootstrap", description: "What an account has got before its first deploy." });

export type BootstrapAnswer = z.infer<typeof bootstrapAnswer>;
