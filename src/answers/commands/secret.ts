import * as z from "zod";
import { moment } from "../parts/values.ts";
import { secretStore } from "../plan/secret-plan.ts";

const environment = z
  .enum(["dev", "sit", "prod", "local"])
  .describe("Whose value it is; local for lambdakit dev.");

const named = {
  environment,
  secret: z.string().describe("Its key in the manifest, as it was asked for."),
  name: z.string().describe("Its name in the store."),
};

const list = z
  .strictObject({
    environment,
    secrets: z
      .array(
        z.strictObject({
          key: z.string().nullable().describe("Its key; null where the manifest has none such."),
          name: z.string().describe("Its name in the store."),
          store: secretStore.describe("Where it is kept."),
          readers: z.array(z.string()).describe("The keys of the functions that read it."),
          changedAt: moment("When it got its value")
            .nullable()
            .describe("When it got its value; null where it has none, or nobody says. ISO 8601."),
          state: z
            .enum(["missing", "set", "plain", "unread", "undeclared"])
            .describe(
              "plain: not encrypted. unread: nobody reads it. undeclared: not in service.ts.",
            ),
        }),
      )
      .describe("What is known of each, and never its value."),
  })
  .meta({ title: "secret list", description: "Which secrets have a value." });

const set = z
  .strictObject({
    ...named,
    store: secretStore.describe("Where it is kept."),
    outcome: z.literal("set").describe("It has its value."),
  })
  .meta({ title: "secret set", description: "That a secret has its value." });

const remove = z
  .strictObject({ ...named, outcome: z.literal("deleted").describe("It has none any more.") })
  .meta({ title: "secret rm", description: "That a value is deleted." });

export const secretAnswer = z
  .union([list, set, remove])
  .meta({ title: "secret", description: "Which secrets have a value, and never which one." });

export type SecretAnswer = z.infer<typeof secretAnswer>;
