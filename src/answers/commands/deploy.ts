import * as z from "zod";
import { changes } from "../parts/changes.ts";
import { wayBack } from "../parts/difference.ts";
import { steps } from "../parts/steps.ts";
import { environmentName, releaseId } from "../parts/values.ts";
import { verificationOrNone } from "../parts/verification.ts";

export const deployAnswer = z
  .strictObject({
    environment: environmentName.describe("Where to."),
    release: releaseId("The release that is live now."),
    outcome: z.enum(["live", "already-live"]).describe("Whether it was live before."),
    url: z.string().nullable().describe("Where the API answers; null where there is none."),
    changes,
    back: wayBack,
    verification: verificationOrNone,
    outputs: z
      .record(z.string(), z.unknown())
      .describe("All that Terraform says in the end, by the name of the output.")
      .meta({
        examples: [{ functions: { list: { name: "bbws-product-list-dev", version: "7" } } }],
      }),
    steps,
  })
  .meta({ title: "deploy", description: "What a deployment has come to." });

export type DeployAnswer = z.infer<typeof deployAnswer>;
