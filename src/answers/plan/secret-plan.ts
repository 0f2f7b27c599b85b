import * as z from "zod";
import { from } from "./from.ts";

export const secretStore = z
  .enum(["ssm", "secrets-manager"])
  .meta({ id: "SecretStore", description: "Parameter Store, or Secrets Manager." });

export const secretPlan = z
  .strictObject({
    key: z.string().describe("Its key in the manifest."),
    description: z.string().describe("What it is for."),
    store: secretStore.describe("Where its value is kept."),
    name: z.string().describe("Its name in the store."),
    arn: z
      .string()
      .describe("Its ARN; in Secrets Manager it ends with six `?`, which only AWS knows."),
    variable: z.string().describe("The environment variable that tells its readers the name."),
    readers: z.array(z.string()).describe("The keys of the functions that may read it."),
    from,
  })
  .meta({ id: "SecretPlan", description: "A secret: who reads it, and never what it is." });
